import type { Connection } from '@yunfab/core/database';
import type { GatewayLog } from '../log.js';
import type { Outcome } from '../pipeline/message.js';
import type { Pipeline } from '../pipeline/pipeline.js';
import type { Registry } from '../pipeline/registry.js';
import { parseTopic } from '../topics.js';

export interface ReplayerOptions {
  readonly ingest: Connection;
  readonly pipeline: Pipeline;
  readonly registry: Registry;
  readonly log: GatewayLog;
}

interface Letter {
  readonly id: string;
  readonly topic: string;
  readonly payload: Buffer;
  readonly count: string;
  readonly first_at: Date;
}

const everyMs = 1_000;
const atOnce = 50;

/**
 * Puts dead letters through the pipeline again when their owner has asked for it, as if they came now, but with the time at which
 * they first came. A letter ends only after what it holds is committed: killed in between, it is replayed once more and is
 * then a duplicate.
 */
export function createReplayer({ ingest, pipeline, registry, log }: ReplayerOptions) {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function replay(): Promise<void> {
    while (!stopped && !pipeline.isFull()) {
      const { rows } = await ingest.pool.query<Letter>('select * from telemetry.claim_replays($1)', [atOnce]);
      await Promise.all(rows.map(replayOne));
      if (rows.length < atOnce) return;
    }
  }

  async function replayOne({ id, topic, payload, count, first_at }: Letter): Promise<void> {
    const place = parseTopic(topic);
    // What it lacked may have come with the wish to replay it, and the word of that may still be on its way.
    if (place) registry.forget(`${place.organization}/${place.device}`);
    const outcome = await new Promise<Outcome>((settle) => {
      pipeline.submit({ topic, place, payload, receivedAt: first_at.getTime(), replayed: true, settle });
    });
    await ingest.pool.query('select telemetry.end_replay($1, $2, $3)', [id, count, outcome !== 'deadLettered']);
  }

  function again(): void {
    timer = setTimeout(() => {
      running = replay()
        .catch((error: unknown) => log.warn({ error }, 'dead letters could not be replayed and are tried again'))
        .finally(() => {
          if (!stopped) again();
        });
    }, everyMs);
  }

  return {
    start: again,
    /** Takes no more; what is under way ends, or is replayed by another gateway a minute later. */
    async stop(graceMs: number): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, graceMs).unref())]);
    },
  };
}
