/** How much a counting meter has gone up. */
export interface CounterIncrease {
  readonly total: number;
  /** How often it fell, which a meter does only when it is reset or replaced. */
  readonly resets: number;
}

/**
 * The increase of a meter that only counts up, over its readings from the first to the last. A reading below the one before
 * is a reset: what the meter has counted since then is added, and what it counted between the two readings is lost, not
 * guessed. A value that is not a finite number is skipped; fewer than two readings tell of no increase.
 */
export function counterIncrease(readings: ArrayLike<number>): CounterIncrease {
  let total = 0;
  let resets = 0;
  let before = Number.NaN;
  for (let i = 0; i < readings.length; i++) {
    const now = readings[i] as number;
    if (!Number.isFinite(now)) continue;
    if (now >= before) total += now - before;
    else if (now < before) {
      resets++;
      total += now;
    }
    before = now;
  }
  return { total, resets };
}
