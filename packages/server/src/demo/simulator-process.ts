import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Logger } from '../operations/log.js';
import type { SimulatorOrder } from './simulators.js';

export interface SimulatorProcess {
  stop(): Promise<void>;
}

const againMs = 5_000;
const patienceMs = 5_000;

/** Runs the machines in a process of their own, and again when it fails. `order` is asked each time: the past grows. */
export function startSimulators(
  order: () => Promise<SimulatorOrder>,
  { log, onPastTold }: { readonly log: Logger /** When every machine has told its past. */; readonly onPastTold: () => void },
): SimulatorProcess {
  let child: ChildProcess | null = null;
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;

  async function start(): Promise<void> {
    const given = await order();
    if (stopped) return;
    const started = fork(fileURLToPath(new URL('./simulators.js', import.meta.url)), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child = started;
    started.on('message', onPastTold);
    started.send(given);
    started.once('exit', (code) => {
      child = null;
      if (stopped) return;
      log.warn({ code }, 'the simulated machines ended and are started again');
      retry = setTimeout(begin, againMs);
    });
  }

  function begin(): void {
    start().catch((error: unknown) => {
      if (stopped) return;
      log.warn({ err: error }, 'the simulated machines could not be started; trying again');
      retry = setTimeout(begin, againMs);
    });
  }

  begin();
  return {
    async stop() {
      stopped = true;
      clearTimeout(retry);
      const ending = child;
      if (!ending) return;
      const ended = new Promise((resolve) => ending.once('exit', resolve));
      const late = setTimeout(() => ending.kill('SIGKILL'), patienceMs);
      ending.disconnect();
      await ended;
      clearTimeout(late);
    },
  };
}
