/**
 * Measured use of the platform per organization and calendar month (UTC+8): counted from rows that stay, by `countUsage` with
 * the system role. A closed month is hashed, chained to the one before and never changed; corrections are further lines.
 */
export { type Counted, correctUsage, countUsage, type MeteringOptions, startMetering } from './counting.js';
export { meteringErrors } from './errors.js';
export { meteringEvents, meteringEventWords } from './events.js';
export { closesAfterDays, type UsageMetric, usageMeanings, usageMetrics } from './metrics.js';
export { meteringMigrations } from './migrations.js';
export { meteringPermissions } from './permissions.js';
export { createMeteringRouter } from './router.js';
export type { UsageMonth, UsageMonths } from './schema.js';
