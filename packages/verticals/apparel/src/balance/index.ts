export { loadChart } from './chart.js';
export { parseIn2 } from './in2.js';
export type { LineBalance, LineTask } from './line.js';
export { balanceLine } from './salbp.js';
