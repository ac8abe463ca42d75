import { type Selectable, sql } from 'kysely';
import { requestErrors } from '../../commands/index.js';
import { isUniqueViolation, newId, type RecordId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { lifecycleErrors } from '../errors.js';
import { lotsByCode } from '../lots/repository.js';
import type { LifecycleTables } from '../tables.js';
import { findThings, viewOrganizations, viewThings } from '../things.js';
import { unitsBySerial } from '../units/repository.js';
import type { Identified, IdentifierView, NewIdentifier } from './schema.js';
import { isClassScheme, ownScheme } from './schemes.js';

type IdentifierRow = Selectable<LifecycleTables['product_identifier']>;

const tables = (scope: Scope) => scope.tx.withTables<LifecycleTables>();

/** One thing and how it is called. */
export interface Assignment extends NewIdentifier {
  readonly thing: RecordId;
}

/** Gives things identifiers, all at once; throws `lifecycle.identifier_taken`, `lifecycle.identifier_of_one`. */
export async function assignIdentifiers(scope: Scope, given: readonly Assignment[]): Promise<void> {
  if (given.length === 0) return;
  requireOneEach(given);
  const column = <Value>(of: (assignment: Assignment) => Value) => given.map(of);
  try {
    await sql`insert into core.product_identifier (id, organization, subject_id, scheme, value, class_level, shared, created_at)
      select i.id, ${scope.organization}::uuid, i.subject, i.scheme, i.value, i.class_level, i.shared, ${scope.now}::timestamptz
      from unnest(${column(() => newId())}::uuid[], ${column(({ thing }) => thing)}::uuid[], ${column(({ scheme }) => scheme)}::text[],
        ${column(({ value }) => value)}::text[], ${column(({ scheme }) => isClassScheme(scheme))}::boolean[],
        ${column(({ scheme, shared }) => shared ?? scheme !== ownScheme)}::boolean[]) as i (id, subject, scheme, value, class_level, shared)`.execute(
      scope.tx,
    );
  } catch (error) {
    if (isUniqueViolation(error, 'product_identifier_value') || isUniqueViolation(error, 'product_identifier_once'))
      throw lifecycleErrors.identifier_taken(takenOf(error, given), error);
    throw error;
  }
}

/** A value that names one thing is not given to two at once. */
function requireOneEach(given: readonly Assignment[]): void {
  const things = new Map<string, Set<string>>();
  for (const { thing, scheme, value } of given) {
    if (isClassScheme(scheme)) continue;
    const named = things.get(`${scheme} ${value}`) ?? new Set();
    things.set(`${scheme} ${value}`, named.add(thing));
    if (named.size > 1)
      throw lifecycleErrors.identifier_of_one({ scheme, value, things: given.filter((each) => each.value === value).length });
  }
}

/** PostgreSQL names the value that was there already, after the organization: `(…, sgtin, 0123)`. */
function takenOf(error: unknown, given: readonly Assignment[]): { scheme: string; value: string } {
  const detail = String((error as { detail?: unknown }).detail);
  const { scheme, value } = given.find((each) => detail.includes(`, ${each.scheme}, ${each.value})`)) ?? { scheme: '…', value: '…' };
  return { scheme, value };
}

/** Gives a lot or a unit that the organization sees one more identifier of the organization's own; gives all that it may read. */
export async function assignIdentifier(scope: Scope, thing: string, given: NewIdentifier): Promise<IdentifierView[]> {
  const [subject] = (await findThings(scope, [thing])).values();
  if (!subject) throw requestErrors.not_found({ kind: 'lot or unit' });
  await assignIdentifiers(scope, [{ ...given, thing: subject.row.id }]);
  const body = { scheme: given.scheme, value: given.value };
  await appendEvent(scope, { type: 'lifecycle.identifier_assigned', record: subject.row.id, private: true, body });
  return identifiersOf(scope, thing);
}

/** Takes back an identifier of one's own; gives those that remain. */
export async function withdrawIdentifier(scope: Scope, thing: string, identifier: string): Promise<IdentifierView[]> {
  const gone = await tables(scope)
    .deleteFrom('product_identifier')
    .where('id', '=', identifier)
    .where('subject_id', '=', thing as RecordId)
    .where('organization', '=', scope.organization)
    .returning(['scheme', 'value', 'subject_id'])
    .executeTakeFirst();
  if (!gone) throw requestErrors.not_found({ kind: 'identifier' });
  const body = { scheme: gone.scheme, value: gone.value };
  await appendEvent(scope, { type: 'lifecycle.identifier_withdrawn', record: gone.subject_id, private: true, body });
  return identifiersOf(scope, thing);
}

/** What the asking organization may read of how a thing is called: its own numbers first. */
export async function identifiersOf(scope: Scope, thing: string): Promise<IdentifierView[]> {
  const rows = await tables(scope)
    .selectFrom('product_identifier')
    .selectAll()
    .where('subject_id', '=', thing as RecordId)
    .orderBy('scheme')
    .orderBy('value')
    .limit(100)
    .execute();
  const organization = await viewOrganizations(
    scope,
    rows.map((row) => row.organization),
  );
  const views = rows.map((row) => ({
    id: row.id,
    scheme: row.scheme,
    value: row.value,
    organization: organization(row.organization),
    own: row.organization === scope.organization,
    shared: row.shared,
    createdAt: row.created_at.toISOString(),
  }));
  return views.sort((a, b) => Number(b.own) - Number(a.own));
}

const mostFound = 50;

/** Lots and units that the organization may see by what they are called: a code, a serial number or an identifier, exactly. */
export async function identify(
  scope: Scope,
  { value, scheme }: { readonly value: string; readonly scheme?: string | undefined },
): Promise<Identified> {
  const called: Pick<IdentifierRow, 'subject_id' | 'scheme' | 'value' | 'organization'>[] = [];
  if (scheme === undefined || scheme === 'serial')
    for (const { id, serial, organization } of await unitsBySerial(scope, value, mostFound + 1))
      called.push({ subject_id: id, scheme: 'serial', value: serial, organization });
  if (scheme === undefined || scheme === 'batch')
    for (const { id, code, organization } of await lotsByCode(scope, value, mostFound + 1))
      called.push({ subject_id: id, scheme: 'batch', value: code, organization });
  called.push(...(await identifiersByValue(scope, value, scheme)));
  const items = called.slice(0, mostFound);
  const views = await viewThings(
    scope,
    items.map((item) => item.subject_id),
  );
  const organization = await viewOrganizations(
    scope,
    items.map((item) => item.organization),
  );
  return {
    items: items.flatMap((item) => {
      const thing = views.get(item.subject_id);
      // One's own number of something that is no longer shared names nothing that may be seen.
      return thing && !thing.hidden
        ? [{ thing, scheme: item.scheme, value: item.value, organization: organization(item.organization) }]
        : [];
    }),
    more: called.length > mostFound,
  };
}

/** One's own first, by the index of one's own; then what others share. */
async function identifiersByValue(scope: Scope, value: string, scheme: string | undefined): Promise<IdentifierRow[]> {
  const called = (relation: '=' | '<>', limit: number) => {
    const rows = tables(scope).selectFrom('product_identifier').selectAll().where('value', '=', value);
    return (scheme === undefined ? rows : rows.where('scheme', '=', scheme))
      .where('organization', relation, scope.organization)
      .orderBy('id')
      .limit(limit)
      .execute();
  };
  const own = await called('=', mostFound + 1);
  return own.length > mostFound ? own : [...own, ...(await called('<>', mostFound + 1 - own.length))];
}
