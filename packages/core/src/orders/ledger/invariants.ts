import type { Connection } from '../../database/index.js';
import { type Invariant, productionInvariants } from '../../production/index.js';
import { entryKinds } from './entries.js';

const sumsOfLines = `with sums as (
  select l.id, l.quantity, l.produced_by_hand,
    ${entryKinds.map((kind) => `coalesce(sum(e.quantity) filter (where e.kind = '${kind}'), 0) as ${kind}, l.${kind} as kept_${kind}`).join(',\n    ')}
  from core.order_line l left join core.order_entry e on e.line_id = l.id group by l.id
)`;

const breach = (what: string, condition: string, shown: readonly string[]): Invariant => ({
  name: what,
  sql: `${sumsOfLines} select id as subject, format('${shown.map((column) => `${column} %s`).join(', ')}', ${shown.join(', ')}) as found from sums where not (${condition})`,
});

/**
 * Conservation of quantities, computed from the entries alone: each statement returns one row for each violation. Run as
 * owner, which sees every organization.
 */
export const ledgerInvariants: readonly Invariant[] = [
  breach('what is ordered is the quantity of the line', 'ordered = quantity', ['ordered', 'quantity']),
  breach('no more is allocated than ordered', 'allocated <= ordered', ['allocated', 'ordered']),
  breach('no more is shipped than produced', 'shipped <= produced', ['shipped', 'produced']),
  breach('no more is shipped than owed', 'shipped - rejected <= ordered', ['shipped', 'rejected', 'ordered']),
  breach('no more is received than shipped', 'received <= shipped', ['received', 'shipped']),
  breach('no more is accepted and rejected than received', 'accepted + rejected <= received', ['accepted', 'rejected', 'received']),
  breach(
    'the balances of a line are the sums of its entries',
    entryKinds.map((kind) => `${kind} = kept_${kind}`).join(' and '),
    entryKinds.flatMap((kind) => [kind, `kept_${kind}`]),
  ),
  {
    name: 'a shipment line is one shipped entry, and no more is received or inspected of it than it holds',
    sql: `select s.id as subject, format('quantity %s, entries: shipped %s, received %s, accepted %s, rejected %s', s.quantity, e.shipped, e.received, e.accepted, e.rejected) as found
      from core.shipment_line s cross join lateral (
        select coalesce(sum(x.quantity) filter (where x.kind = 'shipped'), 0) as shipped, coalesce(sum(x.quantity) filter (where x.kind = 'received'), 0) as received,
          coalesce(sum(x.quantity) filter (where x.kind = 'accepted'), 0) as accepted, coalesce(sum(x.quantity) filter (where x.kind = 'rejected'), 0) as rejected
        from core.order_entry x where x.shipment_line_id = s.id) e
      where e.shipped <> s.quantity or e.received > e.shipped or e.accepted + e.rejected > e.received
        or e.received <> s.received or e.accepted <> s.accepted or e.rejected <> s.rejected`,
  },
  {
    name: 'no entry is reversed by more than it holds',
    sql: `select e.id as subject, format('entry %s, reversed %s', e.quantity, r.reversed) as found
      from core.order_entry e join (select reverses, -sum(quantity) as reversed from core.order_entry where reverses is not null group by reverses) r on r.reverses = e.id
      where r.reversed > e.quantity`,
  },
  {
    name: 'a lot has shipped what its shipments say and never more than it holds',
    sql: `select l.id as subject, format('holds %s, shipped %s, shipments %s', l.quantity, l.shipped, coalesce(s.shipped, 0)) as found
      from core.lot l left join (select lot_id, sum(quantity) as shipped from core.shipment_line group by lot_id) s on s.lot_id = l.id
      where l.shipped <> coalesce(s.shipped, 0) or l.shipped > l.quantity`,
  },
  {
    name: 'an order that was accepted is allocated, and a closed one is accepted whole',
    sql: `select l.id as subject, format('order is %s, allocated %s, accepted %s of %s', o.state, l.allocated, l.accepted, l.ordered) as found
      from core.order_line l join core.shared_order o on o.id = l.order_id
      where (o.state in ('confirmed', 'in_production', 'in_delivery', 'closed') and l.allocated <> l.ordered)
        or (o.state in ('proposed', 'declined', 'withdrawn') and l.allocated <> 0) or (o.state = 'closed' and l.accepted < l.ordered)`,
  },
  {
    name: 'both sides list the order as it is',
    sql: `select o.id as subject, format('order is %s, listed %s times alike', o.state, count(p.order_id)) as found
      from core.shared_order o left join core.order_party p on p.order_id = o.id and p.state = o.state and p.changed_at = o.changed_at
        and (p.role, p.organization, p.counterparty) in (('buyer', o.buyer, o.supplier), ('supplier', o.supplier, o.buyer))
      group by o.id having count(p.order_id) <> 2`,
  },
  ...productionInvariants,
];

export interface LedgerViolation {
  readonly invariant: string;
  /** Id of the line, lot, entry or order that breaks it. */
  readonly subject: string;
  readonly found: string;
}

/** Runs every invariant over all organizations, in one snapshot; `connection` is owner's. */
export async function findLedgerViolations(owner: Pick<Connection, 'pool'>): Promise<LedgerViolation[]> {
  const client = await owner.pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const violations: LedgerViolation[] = [];
    for (const { name, sql } of ledgerInvariants) {
      const { rows } = await client.query<{ subject: string; found: string }>(sql);
      violations.push(...rows.map(({ subject, found }) => ({ invariant: name, subject, found })));
    }
    return violations;
  } finally {
    await client.query('rollback').catch(() => {});
    client.release();
  }
}
