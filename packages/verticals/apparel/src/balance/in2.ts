import { type Issue, refused } from '../issue.js';
import type { LineTask } from './line.js';

/**
 * Reads the `.IN2` form in which line-balancing instances are exchanged (Scholl 1993): the time of each task, one a line, then
 * the precedences `i,j` until `-1,-1`. Some files say first how many tasks there are. Tasks are named by their number.
 */
export function parseIn2(text: string): { readonly tasks: readonly LineTask[] | null; readonly issues: readonly Issue[] } {
  const lines = text.split(/\r?\n/).map((line, i) => ({ line: line.trim(), at: i + 1 }));
  const firstPair = lines.findIndex(({ line }) => line.includes(','));
  const single = lines.slice(0, firstPair < 0 ? lines.length : firstPair).filter(({ line }) => line !== '');
  const counted = single.length > 1 && Number(single[0]?.line) === single.length - 1;
  const timed = counted ? single.slice(1) : single;
  const issues: Issue[] = [];
  if (timed.length === 0) issues.push(refused('1', 'There is no task; write one time a line', '没有工序；请每行填写一个时间'));
  const tasks = timed.map(({ line, at }, i) => {
    const time = Number(line);
    if (!(time > 0))
      issues.push(
        refused(`${at}`, `Line ${at} is "${line}"; it is the time of task ${i + 1}`, `第 ${at} 行为“${line}”；应为工序 ${i + 1} 的时间`),
      );
    return { id: String(i + 1), time, after: [] as string[] };
  });
  let ended = false;
  for (const { line, at } of firstPair < 0 ? [] : lines.slice(firstPair)) {
    if (/^-1\s*,\s*-1$/.test(line)) {
      ended = true;
      break;
    }
    if (line === '') continue;
    const pair = /^(\d+)\s*,\s*(\d+)$/.exec(line);
    const task = tasks[Number(pair?.[2]) - 1];
    if (pair && task && tasks[Number(pair[1]) - 1]) task.after.push(String(Number(pair[1])));
    else
      issues.push(
        refused(
          `${at}`,
          `Line ${at} is "${line}"; write two task numbers from 1 to ${tasks.length}`,
          `第 ${at} 行为“${line}”；应为 1～${tasks.length} 的两个工序号`,
        ),
      );
  }
  if (!ended) issues.push(refused('end', 'The line -1,-1 that ends the precedences is missing', '缺少结束优先关系的 -1,-1 行'));
  return { tasks: issues.length === 0 ? tasks : null, issues };
}
