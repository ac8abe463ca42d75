/** Rolled throughput yield: the share of units that pass every step at the first try, the product of the steps' first-pass yields. */
export function rolledThroughputYield(firstPassYields: readonly number[]): number {
  for (const each of firstPassYields)
    if (!(each >= 0 && each <= 1)) throw new RangeError(`a first-pass yield is between 0 and 1, not ${each}`);
  return firstPassYields.reduce((product, each) => product * each, 1);
}

/** Defects per million opportunities. */
export function defectsPerMillion({ defects, units, opportunities }: DefectCount): number {
  if (!(units > 0 && opportunities > 0)) throw new RangeError(`${units} units with ${opportunities} opportunities each have no rate`);
  return (defects / (units * opportunities)) * 1_000_000;
}

export interface DefectCount {
  readonly defects: number;
  readonly units: number;
  /** Places on one unit where a defect may be: solder joints and placements of its board. */
  readonly opportunities: number;
}
