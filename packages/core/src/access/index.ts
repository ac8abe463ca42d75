export { type Actor, type PermissionSet, permissionSet, type Words } from './actor.js';
export { type OrganizationRef, organizationByCode, organizationNames } from './directory.js';
export { accessErrors } from './errors.js';
export { accessMigrations } from './migrations.js';
export { type MemberRole, memberRoles, type PermissionDeclaration, type Permissions, permissionsOfRoles } from './permissions.js';
export { addParty, createRecord, type NewParty, type NewRecord, partiesOf } from './records.js';
