export { type Actor, type PermissionSet, permissionSet, type Words } from './actor.js';
export { accessErrors } from './errors.js';
export { accessMigrations } from './migrations.js';
export { type MemberRole, memberRoles, type PermissionDeclaration, type Permissions, permissionsOfRoles } from './permissions.js';
