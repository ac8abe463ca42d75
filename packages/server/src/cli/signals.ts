import type { Logger } from '../operations/log.js';

const patienceMs = 25_000;

/** Resolves when someone asks this process to end (Ctrl-C, SIGTERM) and `stop` has run; a second request ends it at once. */
export function untilAskedToEnd(stop: () => Promise<void>, log: Logger): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const end = () => {
      if (asked) process.exit(130);
      asked = true;
      const late = setTimeout(() => {
        log.error({}, 'stopping took too long; leaving');
        process.exit(1);
      }, patienceMs);
      stop().then(() => {
        clearTimeout(late);
        resolve();
      }, resolve);
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  });
}
