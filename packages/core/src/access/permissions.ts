import { type PermissionSet, permissionSet, type Words } from './actor.js';

/** What an organization may make a person. */
export const memberRoles = ['admin', 'trade', 'production', 'quality', 'viewer'] as const;
export type MemberRole = (typeof memberRoles)[number];

/** A permission as a feature or a vertical declares it: what it lets one do, and which roles hold it from the start. */
export interface PermissionDeclaration extends Words {
  readonly roles: readonly MemberRole[];
}

/** Permission name (`orders.propose`) → declaration. `admin` holds every permission without being named. */
export type Permissions = Readonly<Record<string, PermissionDeclaration>>;

/** The permissions that the named roles hold together. */
export function permissionsOfRoles(declared: Permissions, roles: readonly string[]): PermissionSet {
  if (roles.includes('admin')) return permissionSet(['*']);
  const held = Object.entries(declared)
    .filter(([, declaration]) => declaration.roles.some((role) => roles.includes(role)))
    .map(([name]) => name);
  return permissionSet(held);
}
