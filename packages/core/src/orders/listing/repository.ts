import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { OrganizationId, RecordId, Scope } from '../../database/index.js';
import { type OrderSide, type OrderState, orderSides, orderStates } from '../order/states.js';
import type { OrderTables } from '../order/tables.js';
import type { OrderKeyset } from './cursor.js';
import { countedTo, type OrderSort } from './schema.js';

export interface OrderFilter {
  readonly side?: OrderSide | undefined;
  /** All when left out. */
  readonly states?: readonly OrderState[] | undefined;
  readonly counterparty?: OrganizationId | undefined;
  readonly dueFrom?: string | undefined;
  readonly dueTo?: string | undefined;
  readonly ownNumber?: string | undefined;
  readonly ownNumberPrefix?: string | undefined;
  readonly text?: string | undefined;
  readonly subOrders?: boolean | undefined;
  readonly sort: OrderSort;
  readonly after: OrderKeyset | null;
  readonly limit: number;
}

type Order = Selectable<OrderTables['shared_order']>;

/** A page, and where the list goes on; `rest` is null at its end. */
export interface OrderRows {
  readonly orders: readonly ListedOrder[];
  readonly rest: OrderKeyset | null;
}

export interface ListedOrder extends Order {
  readonly role: OrderSide;
  readonly own_number: string | null;
  readonly counterparty: OrganizationId;
  /** As `order_party` has it: the two are the same, unless a move commits between. */
  readonly sort_key: string;
}

/**
 * The limit falls inside the party table, under one of its btrees; only the page's orders are looked at and pass row-level
 * security.
 */
export async function pageOfOrders(scope: Scope, filter: OrderFilter): Promise<OrderRows> {
  if (filter.text !== undefined && !filter.subOrders) return findOrders(scope, filter, filter.text);
  const rows = await read(scope, filter.sort, ownRows(scope, filter));
  return cut(rows, filter.limit);
}

async function read(scope: Scope, sort: OrderSort, own: RawBuilder<unknown>): Promise<ListedOrder[]> {
  const { rows } = await sql<ListedOrder>`
    select o.*, own.role, own.own_number, own.counterparty, ${keys[sort]} as sort_key
    from (${own}) own join core.shared_order o on o.id = own.order_id
    order by ${orders[sort]}`.execute(scope.tx);
  return rows;
}

function cut(rows: readonly ListedOrder[], limit: number): OrderRows {
  const last = rows[limit - 1];
  return { orders: rows.slice(0, limit), rest: rows.length > limit && last ? { key: last.sort_key, id: last.id } : null };
}

const orders: Readonly<Record<OrderSort, RawBuilder<unknown>>> = {
  changed: sql`own.changed_at desc, own.order_id desc`,
  due: sql`own.due_on, own.order_id`,
  number: sql`own.own_number collate "C"`,
};

/** The instant in milliseconds, which is what the platform's clock gives; the other two are text as they are. */
const keys: Readonly<Record<OrderSort, RawBuilder<unknown>>> = {
  changed: sql`to_char(own.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  due: sql`own.due_on::text`,
  number: sql`own.own_number`,
};

const columns = sql`own.order_id, own.role, own.own_number, own.counterparty, own.changed_at, own.due_on`;

function ownRows(scope: Scope, filter: OrderFilter): RawBuilder<unknown> {
  const given = [
    ...(filter.ownNumber === undefined ? [] : [sql`own.own_number collate "C" = ${filter.ownNumber}`]),
    ...(filter.sort === 'number' ? [sql`own.own_number is not null`] : []),
    ...(filter.ownNumberPrefix === undefined ? [] : beginsWith(filter.ownNumberPrefix)),
    ...(filter.counterparty === undefined ? [] : [sql`own.counterparty = ${filter.counterparty}`]),
    ...(filter.dueFrom === undefined ? [] : [sql`own.due_on >= ${filter.dueFrom}::date`]),
    ...(filter.dueTo === undefined ? [] : [sql`own.due_on <= ${filter.dueTo}::date`]),
    ...(filter.subOrders ? [sql`own.sub_order`] : []),
    ...(filter.text === undefined ? [] : [holds(filter.text)]),
    ...(filter.after ? [beyond(filter.sort, filter.after)] : []),
  ];
  const page = (more: readonly RawBuilder<unknown>[]) => sql`
    select ${columns} from core.order_party own
    where ${sql.join([sql`own.organization = ${scope.organization}`, ...more, ...given], sql` and `)}
    order by ${orders[filter.sort]} limit ${filter.limit + 1}`;
  const byNumber = filter.ownNumber !== undefined || filter.sort === 'number';
  const whole = filter.sort === 'changed' && !filter.side && !filter.states && !filter.counterparty;
  if (whole) return page([]);
  // Few beside all orders, under a btree of their own.
  if (byNumber || filter.subOrders) {
    const side = filter.side ? [sql`own.role = ${filter.side}`] : [];
    return page([...side, ...(filter.states ? [sql`own.state = any (${filter.states}::text[])`] : [])]);
  }
  // One page of each pair, from the btree that begins with them, is merged: rare pairs cost what frequent ones do.
  return sql`
    select ${columns}
    from unnest(${filter.side ? [filter.side] : orderSides}::text[]) as side (name)
    cross join unnest(${filter.states ?? orderStates}::text[]) as state (name)
    cross join lateral (${page([sql`own.role = side.name`, sql`own.state = state.name`])}) own
    order by ${orders[filter.sort]} limit ${filter.limit + 1}`;
}

/** How many orders one page of a search looks through, so that what is nowhere costs no more than that. */
export const searchedAtOnce = 10_000;

/** A page may hold less than its limit and still go on: where the search stopped looking. */
async function findOrders(scope: Scope, filter: OrderFilter, text: string): Promise<OrderRows> {
  const after = filter.after ?? { key: null, id: null };
  const { rows } = await sql<{ id: string; at: Date; hit: boolean }>`
    select order_id as id, changed_at as at, hit from core.search_orders(${text}, ${filter.side ?? null}, ${filter.states ?? null}::text[],
      ${filter.counterparty ?? null}::uuid, ${filter.dueFrom ?? null}::date, ${filter.dueTo ?? null}::date,
      ${after.key}::timestamptz, ${after.id}::uuid, ${filter.limit + 1}, ${searchedAtOnce})`.execute(scope.tx);
  const hits = rows.filter(({ hit }) => hit).map(({ id }) => id);
  const stopped = rows.find(({ hit }) => !hit);
  const found = sql`select ${columns} from core.order_party own
    where own.organization = ${scope.organization} and own.order_id = any (${hits}::uuid[])`;
  const page = cut(hits.length === 0 ? [] : await read(scope, filter.sort, found), filter.limit);
  return { ...page, rest: page.rest ?? (stopped ? { key: stopped.at.toISOString(), id: stopped.id } : null) };
}

const holds = (text: string) => {
  const wanted = text.toLowerCase();
  return sql`(position(${wanted} in own.words) > 0 or position(${wanted} in lower(own.own_number)) > 0) is true`;
};

/** Everything between the prefix and the prefix with the last character there is. */
const beginsWith = (prefix: string) => [
  sql`own.own_number collate "C" >= ${prefix}`,
  sql`own.own_number collate "C" < ${`${prefix}\u{10FFFF}`}`,
];

function beyond(sort: OrderSort, { key, id }: OrderKeyset): RawBuilder<unknown> {
  if (sort === 'changed') return sql`(own.changed_at, own.order_id) < (${key}::timestamptz, ${id}::uuid)`;
  if (sort === 'due') return sql`(own.due_on, own.order_id) > (${key}::date, ${id}::uuid)`;
  return sql`own.own_number collate "C" > ${key}`;
}

export interface StateCount {
  readonly state: OrderState;
  readonly count: number;
}

/** How many orders are in each state, each counted no further than one beyond {@link countedTo}. */
export async function countOrders(
  scope: Scope,
  filter: { readonly side?: OrderSide | undefined; readonly counterparty?: OrganizationId | undefined },
): Promise<StateCount[]> {
  const { rows } = await sql<StateCount>`
    select state.name as state, least(sum(pair.count), ${countedTo + 1}::bigint)::integer as count
    from unnest(${filter.side ? [filter.side] : orderSides}::text[]) as side (name)
    cross join unnest(${orderStates}::text[]) as state (name)
    cross join lateral (select count(*) from (
      select from core.order_party own
      where own.organization = ${scope.organization} and own.role = side.name and own.state = state.name
        ${filter.counterparty === undefined ? sql`` : sql`and own.counterparty = ${filter.counterparty}`}
      limit ${countedTo + 1}) counted) pair
    group by state.name`.execute(scope.tx);
  return rows;
}

/** Which of these own numbers the organization has already given, and to what. */
export async function ordersByOwnNumber(scope: Scope, numbers: readonly string[]) {
  if (numbers.length === 0) return [];
  const { rows } = await sql<{ own_number: string; order_id: RecordId; role: OrderSide; state: OrderState; private_note: string | null }>`
    select own_number, order_id, role, state, private_note from core.order_party
    where organization = ${scope.organization} and own_number collate "C" = any (${numbers}::text[])`.execute(scope.tx);
  return rows;
}
