import type { Logger } from '../operations/log.js';

const patienceMs = 25_000;

/** Resolves when someone asks this process to end (Ctrl-C, SIGTERM) and `stop` has run; a second request ends it at once. */
export function untilAskedToEnd(stop: () => Promise<void>, log: Logger): Promise<void> {
  return new Promise((resolve) => {
    let askedAt: number | null = null;
    const end = () => {
      // npm passes on the Ctrl-C that the terminal has already sent us: two within a second are one request.
      if (askedAt !== null) return Date.now() - askedAt > 1_000 ? process.exit(130) : undefined;
      askedAt = Date.now();
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
