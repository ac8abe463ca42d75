import type { LineGraph } from './line.js';

/** A station's tasks and the work in them. */
export interface Load {
  readonly tasks: readonly number[];
  readonly time: number;
}

/** Sums of decimal minutes that should be equal differ by less. */
export const epsilon = 1e-9;

/**
 * Every load that fits the cycle and to which nothing more can be added, given how many tasks still stand before each
 * (−1: done). Gives up after `most` of them and says so.
 */
export function maximalLoads(
  { times, frees }: LineGraph,
  waiting: readonly number[],
  cycle: number,
  most: number,
): { readonly loads: Load[]; readonly all: boolean } {
  const left = [...waiting];
  const chosen: number[] = [];
  const loads: Load[] = [];
  let all = true;

  const extend = (from: number, time: number) => {
    if (loads.length >= most) {
      all = false;
      return;
    }
    let full = true;
    for (let i = 0; i < times.length; i++) {
      if (left[i] !== 0 || time + (times[i] as number) > cycle + epsilon) continue;
      full = false;
      // A set is built in ascending order, unless the task has just become possible.
      if (i < from && !(frees[chosen.at(-1) ?? -1] ?? []).includes(i)) continue;
      take(i);
      extend(i + 1, time + (times[i] as number));
      giveBack(i);
    }
    if (full && chosen.length > 0) loads.push({ tasks: [...chosen], time });
  };
  const take = (i: number) => {
    left[i] = -1;
    for (const next of frees[i] ?? []) (left[next] as number)--;
    chosen.push(i);
  };
  const giveBack = (i: number) => {
    left[i] = 0;
    for (const next of frees[i] ?? []) (left[next] as number)++;
    chosen.pop();
  };
  extend(0, 0);
  return { loads, all };
}

/** The counts after the tasks of a load are done. */
export function after({ frees }: LineGraph, waiting: readonly number[], tasks: readonly number[]): number[] {
  const left = [...waiting];
  for (const i of tasks) left[i] = -1;
  for (const i of tasks) for (const next of frees[i] ?? []) if ((left[next] as number) > 0) (left[next] as number)--;
  return left;
}
