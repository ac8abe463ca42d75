export { createAccessRouter } from './access-router.js';
export { type CommandCleanupOptions, forgetOldCommands, startCommandCleanup } from './cleanup.js';
export type { Clock, CommandScope, RequestContext } from './context.js';
export { requestErrors } from './errors.js';
export { createEventsRouter, eventsPermissions } from './events-router.js';
export { commandMigrations } from './migrations.js';
export {
  type CommandDeclaration,
  command,
  createCallerFactory,
  type ErrorShape,
  lasting,
  type ProcedureMeta,
  type QueryDeclaration,
  query,
  type RestPlace,
  router,
} from './procedure.js';
export {
  dateSchema,
  decodeCursor,
  encodeCursor,
  idSchema,
  instantSchema,
  type Keyset,
  lineText,
  organizationCodeSchema,
  organizationRefSchema,
  page,
  pageInput,
  pageOf,
  versionSchema,
  wordsSchema,
} from './wire.js';
export { toWireError, type WireError } from './wire-error.js';
