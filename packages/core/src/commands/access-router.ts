import { z } from 'zod';
import {
  type ApiKey,
  accessErrors,
  addMember,
  createApiKey,
  type Grant,
  giveGrant,
  listApiKeys,
  listGrants,
  listMembers,
  type Member,
  memberRoles,
  organizationProfile,
  type Permissions,
  removeMember,
  revokeApiKey,
  revokeGrant,
  searchOrganizations,
  setMemberRoles,
} from '../access/index.js';
import type { RecordId } from '../database/index.js';
import { requestErrors } from './errors.js';
import { command, query } from './procedure.js';
import { idSchema, instantSchema, lineText, organizationCodeSchema, pageInput, pageOf, wordsSchema } from './wire.js';

const organizationSchema = z.object({ code: z.string(), name: wordsSchema, state: z.enum(['active', 'suspended']) });
const profileSchema = organizationSchema.extend({
  country: z.string().describe('ISO 3166-1 alpha-2'),
  identifierScheme: z.enum(['uscc', 'lei', 'national']),
  identifier: z.string(),
  timeZone: z.string().describe('IANA name'),
});
const keySchema = z.object({
  id: idSchema,
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  createdBy: z.string(),
  createdAt: instantSchema,
  expiresAt: instantSchema.nullable(),
  lastUsedAt: instantSchema.nullable(),
  revokedAt: instantSchema.nullable(),
});
const memberSchema = z.object({ id: idSchema, email: z.string(), name: z.string(), roles: z.array(z.string()), since: instantSchema });
const grantSchema = z.object({
  id: idSchema,
  record: idSchema,
  organization: z.string().describe('Code of the organization that may read it'),
  grantedBy: z.string(),
  reason: z.string(),
  createdAt: instantSchema,
  expiresAt: instantSchema.nullable(),
  revokedAt: instantSchema.nullable(),
});

const rolesInput = z.array(z.enum(memberRoles)).min(1).max(memberRoles.length);

/** The procedures over access/; they stand here because access/ comes before procedures in the ladder. `known`: every declared permission. */
export function createAccessRouter({ permissions: known }: { readonly permissions: Permissions }) {
  return {
    me: query({
      permission: null,
      rest: { method: 'GET', path: '/access/me', summary: 'Who you are here, and what you may do', tags: ['access'] },
      input: z.object({}),
      output: z.object({
        organization: z.object({ code: z.string(), name: wordsSchema, timeZone: z.string() }),
        actor: z.object({ kind: z.enum(['person', 'key', 'device', 'system']), label: z.string() }),
        permissions: z.array(z.string()),
      }),
      run: async ({ actor }) => ({
        organization: { code: actor.organizationCode, name: { ...actor.organizationName }, timeZone: actor.timeZone },
        actor: { kind: actor.kind, label: actor.label },
        permissions: Object.keys(known).filter((name) => actor.permissions.has(name)),
      }),
    }),
    organizations: {
      get: query({
        permission: 'access.read',
        rest: { method: 'GET', path: '/organizations/{code}', summary: 'One organization of the register', tags: ['access'] },
        input: z.object({ code: organizationCodeSchema }),
        output: profileSchema,
        run: async (scope, { code }) => {
          const profile = await organizationProfile(scope, code);
          if (!profile) throw accessErrors.not_found({ kind: 'organization', id: code });
          return profile;
        },
      }),
      search: query({
        permission: 'access.read',
        rest: { method: 'GET', path: '/organizations', summary: 'Organizations by code, name or identifier; 20 at most', tags: ['access'] },
        input: z.object({ text: lineText(100) }),
        output: z.object({ items: z.array(organizationSchema) }),
        run: async (scope, { text }) => ({ items: await searchOrganizations(scope, text, 20) }),
      }),
    },
    keys: {
      create: command({
        permission: 'access.manage_keys',
        rest: { method: 'POST', path: '/access/keys', summary: 'A new API key; its token is shown once', tags: ['access'] },
        input: z.object({ name: lineText(100), scopes: z.array(z.string().max(100)).min(1).max(100), expiresAt: instantSchema.nullish() }),
        output: keySchema.extend({ token: z.string().nullable().describe('Null when the answer is replayed') }),
        secrets: ['token'],
        run: async (scope, { name, scopes, expiresAt }) => {
          const { token, ...key } = await createApiKey(scope, known, { name, scopes, expiresAt: expiresAt ? new Date(expiresAt) : null });
          return { ...keyOnWire(key), token };
        },
      }),
      list: query({
        permission: 'access.manage_keys',
        rest: { method: 'GET', path: '/access/keys', summary: 'API keys, newest first', tags: ['access'] },
        input: z.object(pageInput),
        output: pageOf(keySchema),
        run: async (scope, { limit, cursor }) => onWire(await listApiKeys(scope, { limit, cursor: idOf(cursor) }), keyOnWire),
      }),
      revoke: command({
        permission: 'access.manage_keys',
        rest: { method: 'POST', path: '/access/keys/{key}/revoke', summary: 'End an API key now', tags: ['access'] },
        input: z.object({ key: idSchema }),
        output: keySchema,
        run: async (scope, { key }) => keyOnWire(await revokeApiKey(scope, key)),
      }),
    },
    members: {
      list: query({
        permission: 'access.read',
        rest: { method: 'GET', path: '/access/members', summary: 'People of your organization', tags: ['access'] },
        input: z.object(pageInput),
        output: pageOf(memberSchema),
        run: async (scope, { limit, cursor }) => onWire(await listMembers(scope, { limit, cursor: idOf(cursor) }), memberOnWire),
      }),
      add: command({
        permission: 'access.manage_members',
        rest: { method: 'POST', path: '/access/members', summary: 'Add a person by e-mail address', tags: ['access'] },
        input: z.object({ email: z.email().max(254).toLowerCase(), name: lineText(100), roles: rolesInput }),
        output: memberSchema,
        run: async (scope, input) => memberOnWire(await addMember(scope, known, input)),
      }),
      setRoles: command({
        permission: 'access.manage_members',
        rest: { method: 'POST', path: '/access/members/{member}/roles', summary: 'Set what a person may do', tags: ['access'] },
        input: z.object({ member: idSchema, roles: rolesInput }),
        output: memberSchema,
        run: async (scope, { member, roles }) => memberOnWire(await setMemberRoles(scope, known, member, roles)),
      }),
      remove: command({
        permission: 'access.manage_members',
        rest: { method: 'POST', path: '/access/members/{member}/remove', summary: 'End a membership', tags: ['access'] },
        input: z.object({ member: idSchema }),
        output: memberSchema,
        run: async (scope, { member }) => memberOnWire(await removeMember(scope, known, member)),
      }),
    },
    grants: {
      give: command({
        permission: 'access.share',
        rest: { method: 'POST', path: '/access/grants', summary: 'Let another organization read a record until an end', tags: ['access'] },
        input: z.object({ record: idSchema, organization: organizationCodeSchema, reason: lineText(500), expiresAt: instantSchema }),
        output: grantSchema,
        record: { kind: 'record', id: (input) => input.record },
        run: async (scope, { record, organization, reason, expiresAt }) =>
          grantOnWire(await giveGrant(scope, { record: record as RecordId, organization, reason, expiresAt: new Date(expiresAt) })),
      }),
      revoke: command({
        permission: 'access.share',
        rest: { method: 'POST', path: '/access/grants/{grant}/revoke', summary: 'End a grant now', tags: ['access'] },
        input: z.object({ grant: idSchema }),
        output: grantSchema,
        run: async (scope, { grant }) => grantOnWire(await revokeGrant(scope, grant)),
      }),
      list: query({
        permission: 'access.share',
        rest: { method: 'GET', path: '/access/grants', summary: 'Grants that you gave or hold, newest first', tags: ['access'] },
        input: z.object({ ...pageInput, record: idSchema.optional() }),
        output: pageOf(grantSchema),
        run: async (scope, { record, limit, cursor }) =>
          onWire(await listGrants(scope, { record: record as RecordId | undefined, limit, cursor: idOf(cursor) }), grantOnWire),
      }),
    },
  };
}

/** The cursors of these lists are ids. Throws `request.invalid` for anything else. */
function idOf(cursor: string | undefined): string | undefined {
  if (cursor === undefined || idSchema.safeParse(cursor).success) return cursor;
  throw requestErrors.invalid({ field: 'cursor', problem: 'it is not a cursor that this list gave' });
}

function onWire<Row, Item>(
  { items, next }: { items: Row[]; next: string | null },
  itemOf: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  return { items: items.map(itemOf), next };
}

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

const keyOnWire = (key: ApiKey) => ({
  ...key,
  createdAt: key.createdAt.toISOString(),
  expiresAt: instant(key.expiresAt),
  lastUsedAt: instant(key.lastUsedAt),
  revokedAt: instant(key.revokedAt),
});

const memberOnWire = (member: Member) => ({ ...member, since: member.since.toISOString() });

const grantOnWire = (grant: Grant) => ({
  ...grant,
  createdAt: grant.createdAt.toISOString(),
  expiresAt: instant(grant.expiresAt),
  revokedAt: instant(grant.revokedAt),
});
