import { sql } from 'kysely';
import { z } from 'zod';
import { organizationNames } from '../access/index.js';
import { organizationRefSchema, wordsSchema } from '../commands/index.js';
import type { OrganizationId, Scope } from '../database/index.js';
import { findLots, type LotRow } from './lots/repository.js';
import { lotStateWords } from './lots/states.js';
import { findUnits, type UnitRow } from './units/repository.js';
import { unitStateWords } from './units/states.js';

/** A lot or a unit as a node of the history; what the asking organization may not see is a token and nothing else. */
export const thingSchema = z.object({
  /** The record's id; of a hidden thing a token, always the same for the asking organization and another for every other. */
  node: z.string(),
  hidden: z.boolean(),
  kind: z.enum(['lot', 'unit']).nullable(),
  /** A lot's code, a unit's serial number. */
  code: z.string().nullable(),
  /** The maker's item code of a unit; empty when it has none. */
  itemCode: z.string().nullable(),
  maker: organizationRefSchema.nullable(),
  own: z.boolean(),
  state: z.string().nullable(),
  stateWords: wordsSchema.nullable(),
});
export type ThingView = z.infer<typeof thingSchema>;

export type Thing = { readonly kind: 'lot'; readonly row: LotRow } | { readonly kind: 'unit'; readonly row: UnitRow };

/** The lots and units among these ids that the organization may see, by id. */
export async function findThings(scope: Scope, ids: readonly string[]): Promise<Map<string, Thing>> {
  const unique = [...new Set(ids)];
  const found = new Map<string, Thing>();
  for (const row of await findUnits(scope, unique)) found.set(row.id, { kind: 'unit', row });
  const rest = unique.filter((id) => !found.has(id));
  for (const row of await findLots(scope, rest)) found.set(row.id, { kind: 'lot', row });
  return found;
}

export const codeOf = (thing: Thing): string => (thing.kind === 'lot' ? thing.row.code : thing.row.serial);

/** How each of these ids looks to the asking organization, by id. */
export async function viewThings(scope: Scope, ids: readonly string[]): Promise<Map<string, ThingView>> {
  const things = await findThings(scope, ids);
  const makers = await organizationNames(
    scope,
    [...things.values()].map(({ row }) => row.organization),
  );
  const views = new Map<string, ThingView>();
  for (const [id, thing] of things) views.set(id, viewThing(scope, thing, makers));
  for (const [id, token] of await opaqueTokens(
    scope,
    ids.filter((id) => !things.has(id)),
  ))
    views.set(id, hiddenThing(token));
  return views;
}

function viewThing(scope: Scope, thing: Thing, makers: Awaited<ReturnType<typeof organizationNames>>): ThingView {
  const maker = makers.get(thing.row.organization);
  return {
    node: thing.row.id,
    hidden: false,
    kind: thing.kind,
    code: codeOf(thing),
    itemCode: thing.kind === 'unit' ? thing.row.item_code : null,
    maker: maker ? { code: maker.code, name: maker.name } : null,
    own: thing.row.organization === scope.organization,
    state: thing.row.state,
    stateWords: thing.kind === 'lot' ? lotStateWords[thing.row.state] : unitStateWords[thing.row.state],
  };
}

const hiddenThing = (token: string): ThingView => ({
  node: token,
  hidden: true,
  kind: null,
  code: null,
  itemCode: null,
  maker: null,
  own: false,
  state: null,
  stateWords: null,
});

async function opaqueTokens(scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{
    thing: string;
    token: string;
  }>`select thing, token from core.opaque_tokens(${[...new Set(ids)]}::uuid[])`.execute(scope.tx);
  return new Map(rows.map(({ thing, token }) => [thing, token]));
}

/** Name and code of organizations that are shown beside things. */
export async function viewOrganizations(scope: Scope, ids: readonly OrganizationId[]) {
  const names = await organizationNames(scope, ids);
  return (id: OrganizationId): z.infer<typeof organizationRefSchema> => {
    const found = names.get(id);
    return { code: found?.code ?? '', name: found?.name ?? { en: '', zh: '' } };
  };
}
