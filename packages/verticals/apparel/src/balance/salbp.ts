import type { Issue } from '../issue.js';
import { checkTasks, graphOf, type LineBalance, type LineGraph, type LineTask } from './line.js';
import { after, epsilon, type Load, maximalLoads } from './loads.js';

const mostLoads = 4000;

/**
 * Fewest stations for the cycle time. Hoffmann's heuristic (1963) gives a line; branch and bound over maximal station loads
 * then proves it or finds a shorter one, as long as `nodes` last: `optimal` says which.
 */
export function balanceLine(
  tasks: readonly LineTask[],
  cycle: number,
  { nodes = 50_000 }: { readonly nodes?: number } = {},
): { readonly balance: LineBalance | null; readonly issues: readonly Issue[] } {
  const issues = checkTasks(tasks, cycle);
  if (issues.length > 0) return { balance: null, issues };
  const graph = graphOf(tasks);
  const { stations, optimal } = shorten(graph, cycle, hoffmann(graph, cycle), nodes);
  const work = graph.times.reduce((sum, time) => sum + time, 0);
  return {
    balance: {
      stations: stations.map((load) => load.map((i) => (tasks[i] as LineTask).id)),
      efficiency: stations.length === 0 ? 0 : work / (stations.length * cycle),
      optimal,
    },
    issues,
  };
}

/** Station by station, the load that leaves the least idle time. */
export function hoffmann(graph: LineGraph, cycle: number): number[][] {
  const stations: number[][] = [];
  let waiting = [...graph.before];
  while (waiting.some((count) => count >= 0)) {
    const { loads } = maximalLoads(graph, waiting, cycle, mostLoads);
    const best = loads.reduce((most, load) => (load.time > most.time + epsilon ? load : most), loads[0] as Load);
    stations.push([...best.tasks]);
    waiting = after(graph, waiting, best.tasks);
  }
  return stations;
}

const fewest = (work: number, cycle: number): number => Math.ceil(work / cycle - epsilon);

function shorten(
  graph: LineGraph,
  cycle: number,
  found: number[][],
  nodes: number,
): { readonly stations: number[][]; readonly optimal: boolean } {
  let best = found;
  let left = nodes;
  let whole = true;
  const least = fewest(
    graph.times.reduce((sum, time) => sum + time, 0),
    cycle,
  );
  const seen = new Map<string, number>();

  const search = (waiting: readonly number[], line: readonly number[][], work: number) => {
    if (best.length === least) return;
    if (work <= epsilon) {
      if (line.length < best.length) best = line.map((load) => [...load]);
      return;
    }
    if (line.length + fewest(work, cycle) >= best.length) return;
    if (left-- <= 0) {
      whole = false;
      return;
    }
    const state = waiting.map((count) => (count < 0 ? '1' : '0')).join('');
    if ((seen.get(state) ?? Number.POSITIVE_INFINITY) <= line.length) return;
    seen.set(state, line.length);
    const { loads, all } = maximalLoads(graph, waiting, cycle, mostLoads);
    if (!all) whole = false;
    for (const { tasks, time } of loads.toSorted((a, b) => b.time - a.time))
      search(after(graph, waiting, tasks), [...line, [...tasks]], work - time);
  };
  search(
    graph.before,
    [],
    graph.times.reduce((sum, time) => sum + time, 0),
  );
  return { stations: best, optimal: whole || best.length === least };
}
