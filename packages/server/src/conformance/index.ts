/** Whether a vertical does what a platform relies on: `yunfab vertical check`. */
export type { CheckResult } from './check.js';
export { type Conformance, checkConformance } from './conformance.js';
