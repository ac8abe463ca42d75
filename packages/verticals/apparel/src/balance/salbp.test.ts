import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routingOf } from '../routing/index.js';
import { balanceLine, type LineBalance, type LineTask, loadChart, parseIn2 } from './index.js';
import { graphOf } from './line.js';
import { hoffmann } from './salbp.js';

const instance = new URL('../../../../../../shared/standards/line-balancing/JACKSON.IN2', import.meta.url);

const here = existsSync(instance);
if (!here) console.warn(`Jackson's instance was not tested: ${instance.pathname} is not here. Put the folder "shared" beside the project.`);

async function jackson(): Promise<readonly LineTask[]> {
  const { tasks, issues } = parseIn2(await readFile(instance, 'utf8'));
  expect(issues).toEqual([]);
  return tasks as readonly LineTask[];
}

function solved(tasks: readonly LineTask[], cycle: number): LineBalance {
  const { balance, issues } = balanceLine(tasks, cycle);
  expect(issues).toEqual([]);
  return balance as LineBalance;
}

function isFeasible(tasks: readonly LineTask[], { stations }: LineBalance, cycle: number) {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const done = new Set<string>();
  for (const load of stations) {
    expect(load.reduce((sum, id) => sum + (byId.get(id)?.time ?? 0), 0)).toBeLessThanOrEqual(cycle + 1e-9);
    for (const id of load) {
      for (const before of byId.get(id)?.after ?? []) expect(done).toContain(before);
      done.add(id);
    }
  }
  expect(done.size).toBe(tasks.length);
}

describe.skipIf(!here)('Jackson (standards/line-balancing/JACKSON.IN2)', () => {
  it.each([
    [7, 8],
    [9, 6],
    [10, 5],
    [13, 4],
    [14, 4],
    [21, 3],
  ])('cycle %i needs %i stations', async (cycle, stations) => {
    const tasks = await jackson();
    const balance = solved(tasks, cycle);
    expect(balance).toMatchObject({ optimal: true });
    expect(balance.stations).toHaveLength(stations);
    isFeasible(tasks, balance, cycle);
  });
  it('Hoffmann is never below the optimum', async () => {
    const tasks = await jackson();
    for (const cycle of [7, 9, 10, 13, 14, 21])
      expect(hoffmann(graphOf(tasks), cycle).length).toBeGreaterThanOrEqual(solved(tasks, cycle).stations.length);
  });
});

/** The fewest stations by dynamic programming over sets of done tasks: (stations, time in the last one), least first. */
function fewestStations(tasks: readonly LineTask[], cycle: number): number {
  const index = new Map(tasks.map(({ id }, i) => [id, i]));
  const before = tasks.map(({ after }) => after.reduce((mask, id) => mask | (1 << (index.get(id) as number)), 0));
  const best: [number, number][] = Array.from({ length: 1 << tasks.length }, () => [Number.POSITIVE_INFINITY, 0]);
  best[0] = [1, 0];
  for (let mask = 0; mask < best.length; mask++) {
    const [stations, used] = best[mask] as [number, number];
    if (stations === Number.POSITIVE_INFINITY) continue;
    for (const [i, { time }] of tasks.entries()) {
      if (mask & (1 << i) || ((before[i] as number) & mask) !== before[i]) continue;
      const next: [number, number] = used + time <= cycle ? [stations, used + time] : [stations + 1, time];
      const known = best[mask | (1 << i)] as [number, number];
      if (next[0] < known[0] || (next[0] === known[0] && next[1] < known[1])) best[mask | (1 << i)] = next;
    }
  }
  return (best.at(-1) as [number, number])[0];
}

describe('a line', () => {
  const anyTasks = fc
    .array(fc.record({ time: fc.integer({ min: 1, max: 9 }), after: fc.array(fc.nat({ max: 8 }), { maxLength: 2 }) }), {
      minLength: 1,
      maxLength: 9,
    })
    .map((drawn) =>
      drawn.map(({ time, after }, i) => ({ id: `${i}`, time, after: [...new Set(after.filter((before) => before < i))].map(String) })),
    );
  it('is feasible and as short as dynamic programming finds it', () => {
    fc.assert(
      fc.property(anyTasks, fc.integer({ min: 9, max: 20 }), (tasks, cycle) => {
        const balance = solved(tasks, cycle);
        isFeasible(tasks, balance, cycle);
        expect(balance.optimal).toBe(true);
        expect(balance.stations.length).toBe(fewestStations(tasks, cycle));
      }),
      { numRuns: 120 },
    );
  });
  it('balances a shirt with its options, and draws it against the takt', () => {
    const tasks = routingOf({ garment: 'shirt', monogram: true, chest_pocket: true }).map(({ id, sam, after }) => ({
      id,
      time: sam,
      after,
    }));
    const balance = solved(tasks, 3);
    isFeasible(tasks, balance, 3);
    expect(balance).toMatchObject({ optimal: true });
    expect(balance.efficiency).toBeGreaterThan(0.8);
    const chart = loadChart(tasks, balance, 3);
    expect(chart.series[0]?.points).toHaveLength(balance.stations.length);
    expect(chart.series[0]?.points.every(([, load]) => (load ?? 0) <= 3)).toBe(true);
  });
  it('says which task is longer than the cycle, which is missing, and what waits in a circle', () => {
    expect(balanceLine([{ id: 'a', time: 5, after: [] }], 4).issues[0]?.words.en).toContain('Task a takes 5 and the cycle is 4');
    expect(balanceLine([{ id: 'a', time: 1, after: ['z'] }], 4).issues.map(({ at }) => at)).toEqual(['tasks.a.after']);
    expect(
      balanceLine(
        [
          { id: 'a', time: 1, after: ['b'] },
          { id: 'b', time: 1, after: ['a'] },
        ],
        4,
      ).issues.map(({ at }) => at),
    ).toEqual(['tasks']);
    expect(balanceLine([], 0).issues.map(({ at }) => at)).toEqual(['cycle']);
  });
  it('reports every line of a file that it cannot read', () => {
    expect(parseIn2('2\n3\nx\n1,2\n1,9\n').issues.map(({ at }) => at)).toEqual(['3', '5', 'end']);
    expect(parseIn2('none').issues.map(({ at }) => at)).toEqual(['1', 'end']);
    expect(parseIn2('3\n4\n5\n6\n1,2\n-1,-1\n').tasks?.map(({ time }) => time)).toEqual([4, 5, 6]);
  });
});
