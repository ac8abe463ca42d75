import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoCall } from '@yunfab/core/verticals';
import type { Logger } from '../operations/log.js';
import { readRecord, writeRecord } from './record.js';
import type { Play } from './stage.js';
import { tell, Unanswered } from './teller.js';

export interface EpilogueOptions {
  readonly vertical: string;
  readonly calls: readonly DemoCall[];
  readonly dataDir: string;
  readonly play: Play;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

const againMs = 1_000;
/** After this many tries the reason is worth a line; it is tried on. */
const triesInSilence = 180;

/** Plays the end of a story, each call until it is possible: a run has to be judged before its lot can be released. Goes on where it stopped. */
export async function playEpilogue({ vertical, calls, dataDir, play, log, signal }: EpilogueOptions): Promise<void> {
  const answers = { ...readRecord(dataDir).answers };
  const keyOf = (index: number) => `demo epilogue ${vertical} ${index}`;
  let tries = 0;
  for (let next = readRecord(dataDir).told?.[vertical] ?? 0; next < calls.length && !signal.aborted; ) {
    const call = calls[next] as DemoCall;
    try {
      await tell(play, answers, call, keyOf(next), new Date());
    } catch (error) {
      if (++tries === triesInSilence)
        log.warn({ vertical, procedure: call.procedure, reason: messageOf(error) }, 'the demo story waits for what is not possible yet');
      await sleep(againMs, undefined, { signal }).catch(() => {});
      // A list that was read before what it should hold was there is read again; what was changed since stays.
      const asked = error instanceof Unanswered ? calls.findIndex(({ as }) => as === error.answer) : -1;
      if (asked >= 0 && asked < next) await tell(play, answers, calls[asked] as DemoCall, keyOf(asked), new Date()).catch(() => {});
      continue;
    }
    next++;
    tries = 0;
    const record = readRecord(dataDir);
    const kept = call.as === undefined ? record.answers : { ...record.answers, [call.as]: answers[call.as] };
    writeRecord(dataDir, { ...record, ...(kept ? { answers: kept } : {}), told: { ...record.told, [vertical]: next } });
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
