export { advisoryLocks } from './advisory-locks.js';
export {
  type Connection,
  type ConnectionOptions,
  closeDatabase,
  connect,
  type Database,
  type DatabaseUrls,
  type Handle,
  openDatabase,
} from './connection.js';
export { askWithin, within } from './deadline.js';
export {
  type EmbeddedOptions,
  type EmbeddedPostgres,
  embeddedErrors,
  type ProvisionedDatabase,
  provisionEmbedded,
  startEmbeddedPostgres,
} from './embedded/index.js';
export { databaseErrors, isUniqueViolation, sqlState } from './errors.js';
export { type Id, newId, type OrganizationId, type RecordId } from './ids.js';
export { databaseMigrations } from './migrations.js';
export { assertMigrated, type Migrations, migrate, sqlMigration } from './migrator.js';
export { createDatabase, createRoles, createSchemas, type RolePasswords } from './provision.js';
export { assertUnprivileged, type RoleName, roles } from './roles.js';
export { type ActorRef, inScope, type Scope, type ScopeOptions } from './scope.js';
export { beginning, type Unstorable, unstorable } from './storable.js';
export { currentOrganization, isParty, oneOf, sees, type TenantPolicies, tenantTable } from './tenancy.js';
