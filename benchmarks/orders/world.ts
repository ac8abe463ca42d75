import { type Connection, connect, type OrganizationId, type Scope } from '@yunfab/core/database';
import { type OrderService, orderSchema, orderSummarySchema } from '@yunfab/core/orders';
import { makeCompany } from '../api/companies.js';

/** Organizations with few, many and very many orders, among 200 that trade with each other. */
export interface OrderWorld {
  readonly small: OrganizationId;
  readonly medium: OrganizationId;
  readonly large: OrganizationId;
  /** The large one's best customer or supplier, by its code. */
  readonly partnerCode: string;
}

const organizations = 200;
const chunk = 25_000;
/** What the product's triggers would do row by row is done by set below; they are off only inside the transactions that do so. */
const replicated = [
  ['core.party', 'party_visibility'],
  ['core.shared_order', 'order_party_kept'],
  ['core.order_entry', 'order_balances_kept'],
] as const;

/**
 * `orders` orders: three in ten are the large organization's, one in a hundred the medium one's, ten the small one's. Every row
 * stands as the product writes it when an order is proposed and accepted: record, parties, order, both sides' rows, lines with
 * their balances and the ledger's `ordered` entries.
 */
export async function makeOrders(owner: Connection, ownerUrl: string, orders: number): Promise<OrderWorld> {
  const ids: OrganizationId[] = [];
  for (let n = 0; n < organizations; n += 1) {
    ids.push(await makeCompany(owner, codeOf(n)));
  }
  for (const [table, trigger] of replicated) await owner.pool.query(`alter table ${table} disable trigger ${trigger}`);
  try {
    let next = 0;
    const writer = async () => {
      const own = connect(ownerUrl, { max: 1, name: 'yunfab bench' });
      await own.pool.query('set synchronous_commit = off');
      while (next < orders) {
        const from = next;
        next += chunk;
        await makeChunk(own, ids, from, Math.min(from + chunk, orders));
      }
      await own.close();
    };
    await Promise.all([writer(), writer()]);
  } finally {
    for (const [table, trigger] of replicated) await owner.pool.query(`alter table ${table} enable trigger ${trigger}`);
  }
  for (const table of ['record', 'party', 'shared_order', 'order_party', 'order_line', 'order_entry'])
    await owner.pool.query(`vacuum (analyze) core.${table}`);
  const [large, medium, small] = ids as [OrganizationId, OrganizationId, OrganizationId];
  return { large, medium, small, partnerCode: codeOf(3) };
}

const codeOf = (n: number) => `bench-${String(n).padStart(3, '0')}`;

/** A number in [0, 1) that depends on the order and a salt only: every run makes the same world. */
const share = (salt: number) => `((hashint8extended(n, ${salt}) & 1073741823)::float8 / 1073741824)`;
const anyOther = (salt: number) => `(4 + floor(196 * ${share(salt)}))::int`;
/** The third company beside the three has more of the large one's orders than any other. */
const partner = '(4 + floor(197 * power(' + share(1) + ', 3)))::int';

const pairs = `
  case when n % 10 in (0, 3) then array[${partner}, 1]
       when n % 10 = 6 then array[1, ${partner}]
       when n % 100 = 1 then array[2, ${anyOther(2)}]
       when n < 100 and n % 10 = 2 then array[${anyOther(2)}, 3]
       else array[${anyOther(2)}, 4 + (${anyOther(2)} - 4 + 1 + floor(195 * ${share(3)})::int) % 197] end`;

const states = `
  case when ${share(4)} < 0.8 then 'closed' when ${share(4)} < 0.88 then 'in_production' when ${share(4)} < 0.93 then 'in_delivery'
       when ${share(4)} < 0.97 then 'confirmed' when ${share(4)} < 0.99 then 'proposed' when ${share(4)} < 0.996 then 'withdrawn' else 'declined' end`;

const parts = `(array['Radial tire 205/55R16', '子午线轮胎 195/65R15', 'Carbon rod 2.7 m', '碳素鱼竿 3.6 m', 'Keycap set', '键帽', 'Jacket', '定制西装',
  'Infusion set', '输液器', 'Alloy rim 6.5J', '铝合金轮毂'])[1 + floor(12 * ${share(5)})::int]`;

async function makeChunk(owner: Connection, ids: readonly OrganizationId[], from: number, to: number): Promise<void> {
  const client = await owner.pool.connect();
  const run = (text: string, values: unknown[] = []) => client.query(text, values);
  try {
    await run('begin');
    await run(
      `create temporary table made on commit drop as
       select n, (substr(stamp, 1, 8) || '-' || substr(stamp, 9, 4) || '-7' || substr(random, 1, 3) || '-a' || substr(random, 4, 3) || '-' || substr(random, 7, 12))::uuid as id,
         ($1::uuid[])[pair[1]] as buyer, ($1::uuid[])[pair[2]] as supplier, state, changed_at, changed_at - interval '1 hour' as proposed_at,
         (changed_at + interval '1 day' * (5 + floor(90 * ${share(6)})))::date as due_on, part, 1 + (n % 5 = 0)::int * 2 as line_count
       from (select n, ${pairs} as pair, ${states} as state, ${parts} as part, md5(n::text) as random, changed_at,
               lpad(to_hex((extract(epoch from changed_at - interval '1 hour') * 1000)::bigint), 12, '0') as stamp
             from (select n, date_trunc('milliseconds', timestamptz '2024-01-01T00:00:00Z' + n * interval '73 seconds' + interval '1 ms' * (n % 997)) as changed_at
                   from generate_series($2::bigint, $3::bigint - 1) as n) numbers) drawn`,
      [ids, from, to],
    );
    await run(`insert into core.record (id, kind, created_by, created_at, visible_to)
      select id, 'order', buyer, proposed_at, array[buyer, supplier] from made order by n`);
    await run(`insert into core.party (record_id, organization, role, created_at)
      select id, side.organization, side.role, proposed_at from made cross join lateral (values (buyer, 'buyer'), (supplier, 'supplier')) side (organization, role) order by n`);
    await run(`insert into core.shared_order (id, buyer, supplier, number, version, state, currency, total, due_on, description, line_count, proposed_at, changed_at)
      select id, buyer, supplier, 'PO-' || lpad(n::text, 7, '0'), case state when 'proposed' then 1 else 2 end, state, 'CNY',
        line_count * (100 + n % 900) * 12.5, due_on, part, line_count, proposed_at, changed_at from made order by n`);
    await run(`insert into core.order_party (organization, order_id, role, state, changed_at, due_on, words, counterparty, own_number)
      select side.organization, id, side.role, state, changed_at, due_on, lower('PO-' || lpad(n::text, 7, '0') || chr(10) || part), side.other, side.number
      from made cross join lateral (values (buyer, 'buyer', supplier, 'PO-' || lpad(n::text, 7, '0')),
        (supplier, 'supplier', buyer, case when state in ('proposed', 'declined', 'withdrawn') then null else 'SO-' || lpad(n::text, 7, '0') end))
        side (organization, role, other, number) order by n`);
    await run(`create temporary table made_line on commit drop as
      select n, gen_random_uuid() as line_id, id, position, part, buyer, proposed_at, (100 + n % 900)::numeric as quantity from made, generate_series(1, line_count) position`);
    await run(`insert into core.order_line (id, order_id, position, description, unit, quantity, unit_price, amount, ordered)
      select line_id, id, position, part, 'H87', quantity, 12.5, quantity * 12.5, quantity from made_line order by n, position`);
    await run(`insert into core.order_entry (id, order_id, line_id, kind, quantity, evidence, organization, entered_by, entered_at)
      select gen_random_uuid(), id, line_id, 'ordered', quantity, 'agreement', buyer, 'bench', proposed_at from made_line order by n, position`);
    await run('commit');
  } catch (error) {
    await run('rollback');
    throw error;
  } finally {
    client.release();
  }
}

interface Verification {
  readonly service: OrderService;
  readonly ask: <Result>(organization: OrganizationId, work: (scope: Scope) => Promise<Result>) => Promise<Result>;
  readonly owner: Connection;
  readonly world: OrderWorld;
}

/** Throws unless what was made by set is what the product makes: its own reads understand it, and the triggers would change nothing. */
export async function verifyOrders({ service, ask, owner, world }: Verification): Promise<void> {
  for (const organization of [world.small, world.medium, world.large])
    await ask(organization, async (scope) => {
      const { items } = await service.list(scope, { limit: 10 });
      if (items.length === 0) throw new Error('an organization without orders');
      for (const summary of items) {
        const order = orderSchema.parse(await service.get(scope, orderSummarySchema.parse(summary).id));
        const ledger = await service.ledger(scope, { order: order.id, limit: 50 });
        if (order.lines.length !== summary.lineCount || ledger.items.length !== order.lines.length)
          throw new Error(`${order.number} is incomplete`);
      }
    });
  const { rows } = await owner.pool.query<{ id: string }>(`
    with picked as (select * from core.shared_order order by id desc limit 2000)
    select o.id from picked o join core.record r on r.id = o.id
    where (select count(*) from core.order_party p where p.order_id = o.id and p.state = o.state and p.changed_at = o.changed_at and p.due_on = o.due_on
             and p.words = lower(o.number || chr(10) || o.description)
             and (p.organization, p.role, p.counterparty) in ((o.buyer, 'buyer', o.supplier), (o.supplier, 'supplier', o.buyer))) <> 2
      or not (r.visible_to @> array[o.buyer, o.supplier] and cardinality(r.visible_to) = 2)
      or (select array_agg(p.organization) from core.party p where p.record_id = o.id) is distinct from (
        select array_agg(p.organization) from core.party p where p.record_id = o.id and p.organization = any (r.visible_to))
      or exists (select from core.order_line l where l.order_id = o.id and l.ordered <> (select sum(e.quantity) from core.order_entry e where e.line_id = l.id and e.kind = 'ordered'))
    limit 5`);
  if (rows.length > 0) throw new Error(`orders that the product would have written otherwise: ${rows.map(({ id }) => id).join(', ')}`);
}
