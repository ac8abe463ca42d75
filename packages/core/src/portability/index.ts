/**
 * An organization takes its data along: every table that a request of it can read, as NDJSON, through row-level security and
 * with the runtime role. What is left out stands in `withheldTables` with its reason; a test over the catalogue sees to it
 * that a new table is one or the other.
 */
export { type ExportEntry, exportEntries } from './entries.js';
export { portabilityErrors } from './errors.js';
export { allTables, type ExportedTable, exportedTables, withheldBecause } from './tables.js';
export { withheldColumns, withheldSchemas, withheldTables } from './withheld.js';
