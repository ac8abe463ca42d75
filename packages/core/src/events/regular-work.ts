import type { WorkerLog } from './sequencer.js';

export interface RegularWork {
  /** What takes long looks at `stopping` between two of its steps. */
  readonly work: (stopping: AbortSignal) => Promise<unknown>;
  readonly everyMs: number;
  readonly log?: WorkerLog | undefined;
  /** What is said when it fails; it is tried again at the next time. */
  readonly failure: string;
}

/** Does the work again and again, never twice at once: while it goes on, its next times pass. Keeps no process alive. */
export function startRegularWork({ work, everyMs, log, failure }: RegularWork): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const stopping = new AbortController();
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = work(stopping.signal)
      .catch((error: unknown) => log?.warn({ err: error }, failure))
      .finally(() => {
        busy = false;
      });
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
