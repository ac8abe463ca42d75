export interface FailureLimitOptions {
  readonly most: number;
  readonly withinMs: number;
  readonly now: () => number;
}

/** Counts what failed, by who tried; bounded in what it remembers. */
export interface FailureLimit {
  /** How long who tries has to wait; 0: not at all. */
  waitMs(who: string): number;
  failed(who: string): void;
}

const mostRemembered = 10_000;

export function createFailureLimit({ most, withinMs, now }: FailureLimitOptions): FailureLimit {
  /** Times of failures, oldest first; who failed longest ago stands first. */
  const failures = new Map<string, number[]>();

  const recent = (who: string) => (failures.get(who) ?? []).filter((at) => at > now() - withinMs);

  return {
    waitMs(who) {
      const times = recent(who);
      const oldest = times[times.length - most];
      return oldest === undefined ? 0 : oldest + withinMs - now();
    },
    failed(who) {
      const times = [...recent(who), now()].slice(-most);
      failures.delete(who);
      if (failures.size >= mostRemembered) failures.delete(failures.keys().next().value ?? '');
      failures.set(who, times);
    },
  };
}
