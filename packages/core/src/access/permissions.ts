import type { ActorRef, Scope } from '../database/index.js';
import { type PermissionSet, permissionSet, type Words } from './actor.js';
import { accessErrors } from './errors.js';

/** What an organization may make a person. */
export const memberRoles = ['admin', 'trade', 'production', 'quality', 'viewer'] as const;
export type MemberRole = (typeof memberRoles)[number];

/** A permission as a feature or a vertical declares it: what it lets one do, and which roles hold it from the start. */
export interface PermissionDeclaration extends Words {
  readonly roles: readonly MemberRole[];
}

/** Permission name (`orders.propose`) → declaration. `admin` holds every permission without being named. */
export type Permissions = Readonly<Record<string, PermissionDeclaration>>;

export const accessPermissions = {
  'access.read': {
    en: 'See the register of organizations',
    zh: '查看企业名录',
    roles: ['trade', 'production', 'quality', 'viewer'],
  },
  'access.manage_keys': { en: 'Create and revoke API keys', zh: '创建和撤销 API 密钥', roles: [] },
  'access.manage_members': { en: 'Add and remove people and set their roles', zh: '添加、移除成员并设置角色', roles: [] },
  'access.export': { en: 'Take all data of the organization along', zh: '导出本企业全部数据', roles: [] },
  'access.share': {
    en: 'Let another organization read a record, and end that',
    zh: '授权其他企业查看记录或撤销授权',
    roles: ['trade', 'quality'],
  },
} as const satisfies Permissions;

/** The permissions that the named roles hold together. */
export function permissionsOfRoles(declared: Permissions, roles: readonly string[]): PermissionSet {
  return permissionSet(scopesOfRoles(declared, roles));
}

/** The same as a list of scopes; `['*']` for an administrator. */
export function scopesOfRoles(declared: Permissions, roles: readonly string[]): string[] {
  if (roles.includes('admin')) return ['*'];
  return Object.entries(declared)
    .filter(([, declaration]) => declaration.roles.some((role) => roles.includes(role)))
    .map(([name]) => name);
}

/** A scope whose actor's permissions matter to the work. */
export interface ActorScope extends Scope {
  readonly actor: ActorRef & { readonly permissions: PermissionSet };
}

/** Nobody gives away more than they hold. Throws `access.scope_unknown` or `access.scope_not_held`. */
export function assertMayGive(scope: ActorScope, known: Permissions, scopes: readonly string[]): void {
  for (const each of scopes) {
    if (!isKnownScope(known, each)) throw accessErrors.scope_unknown({ scope: each });
    if (!scope.actor.permissions.has(each)) throw accessErrors.scope_not_held({ scope: each, actor: scope.actor.label });
  }
}

function isKnownScope(known: Permissions, scope: string): boolean {
  if (scope === '*' || Object.hasOwn(known, scope)) return true;
  return scope.endsWith('.*') && Object.keys(known).some((name) => name.startsWith(scope.slice(0, -1)));
}
