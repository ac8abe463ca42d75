import { type Issue, refused } from '../issue.js';

/** A task of SALBP-1 (Baybars 1986): fewest stations in line for a given cycle time. */
export interface LineTask {
  readonly id: string;
  readonly time: number;
  readonly after: readonly string[];
}

export interface LineBalance {
  /** Tasks by station, in line order. */
  readonly stations: readonly (readonly string[])[];
  /** Work over paid time, 0–1. */
  readonly efficiency: number;
  /** Whether no smaller number is possible, proved. */
  readonly optimal: boolean;
}

/** Tasks as indices, with how many still have to be done before each and what each sets free. */
export interface LineGraph {
  readonly times: readonly number[];
  readonly before: readonly number[];
  readonly frees: readonly (readonly number[])[];
}

export function graphOf(tasks: readonly LineTask[]): LineGraph {
  const index = new Map(tasks.map(({ id }, i) => [id, i]));
  const frees: number[][] = tasks.map(() => []);
  for (const [i, { after }] of tasks.entries()) for (const id of after) frees[index.get(id) as number]?.push(i);
  return { times: tasks.map(({ time }) => time), before: tasks.map(({ after }) => after.length), frees };
}

/** What keeps a set of tasks from being put in line within the cycle time. */
export function checkTasks(tasks: readonly LineTask[], cycle: number): Issue[] {
  const issues: Issue[] = [];
  const known = new Set(tasks.map(({ id }) => id));
  if (!(cycle > 0)) issues.push(refused('cycle', `The cycle time is ${cycle}; it must be above 0`, `节拍为 ${cycle}；必须大于 0`));
  for (const { id, time, after } of tasks) {
    if (!(time > 0 && time <= cycle))
      issues.push(
        refused(
          `tasks.${id}.time`,
          `Task ${id} takes ${time} and the cycle is ${cycle}; split it or let two stations share it`,
          `工序 ${id} 用时 ${time}，节拍为 ${cycle}；请拆分或由两个工位分担`,
        ),
      );
    for (const before of after)
      if (!known.has(before))
        issues.push(
          refused(`tasks.${id}.after`, `Task ${id} waits for ${before}, which there is not`, `工序 ${id} 等待不存在的 ${before}`),
        );
  }
  if (issues.length > 0) return issues;
  const { before, frees } = graphOf(tasks);
  const left = [...before];
  const open = left.flatMap((count, i) => (count === 0 ? [i] : []));
  for (let i = open.pop(), done = 1; ; i = open.pop(), done++) {
    if (i === undefined) break;
    for (const next of frees[i] ?? []) if (--(left[next] as number) === 0) open.push(next);
    if (done === tasks.length) return [];
  }
  return tasks.length === 0 ? [] : [refused('tasks', 'Tasks wait for one another in a circle', '工序互相等待，形成循环')];
}
