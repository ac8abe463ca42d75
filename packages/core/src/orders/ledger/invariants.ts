import type { Connection } from '../../database/index.js';
import { type Invariant, productionInvariants } from '../../production/index.js';
import { deliveryInvariants, leftLots } from '../delivery/invariants.js';
import { rfqInvariants } from '../rfq/invariants.js';
import { statementInvariants } from '../statements/invariants.js';
import { subcontractInvariants } from '../subcontract/invariants.js';
import { providedByMakers, suppliedInvariants } from '../supplied-material/invariants.js';
import { entryKinds, shipmentEntryKinds } from './entries.js';

const sumsOfLines = `with sums as (
  select l.id, l.quantity, l.relinquished, l.over_tolerance, l.produced_by_hand,
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
  breach('what is ordered is the quantity of the line, less what was given up', 'ordered = quantity - relinquished', [
    'ordered',
    'quantity',
    'relinquished',
  ]),
  breach('no more is allocated than ordered', 'allocated <= ordered', ['allocated', 'ordered']),
  breach('no more is shipped than produced', 'shipped <= produced', ['shipped', 'produced']),
  breach('no more is shipped than owed and tolerated', 'shipped - rejected - returned <= ordered * (1 + over_tolerance / 100)', [
    'shipped',
    'rejected',
    'returned',
    'ordered',
    'over_tolerance',
  ]),
  breach('no more is received than shipped', 'received <= shipped', ['received', 'shipped']),
  breach('no more is accepted, conceded and rejected than received', 'accepted + conceded + rejected <= received', [
    'accepted',
    'conceded',
    'rejected',
    'received',
  ]),
  breach('no more is returned than was accepted', 'returned <= accepted + conceded', ['returned', 'accepted', 'conceded']),
  breach('no more is invoiced than was accepted', 'invoiced <= accepted + conceded', ['invoiced', 'accepted', 'conceded']),
  breach(
    'the balances of a line are the sums of its entries',
    entryKinds.map((kind) => `${kind} = kept_${kind}`).join(' and '),
    entryKinds.flatMap((kind) => [kind, `kept_${kind}`]),
  ),
  {
    name: 'no more is received, inspected, returned or invoiced of a shipment line than it holds, and its balances are the sums of its entries',
    sql: `select s.id as subject, format('${shipmentEntryKinds.map((kind) => `${kind} %s of %s`).join(', ')}', ${shipmentEntryKinds.map((kind) => `s.${kind}, e.${kind}`).join(', ')}) as found
      from core.shipment_line s cross join lateral (
        select ${shipmentEntryKinds.map((kind) => `coalesce(sum(x.quantity) filter (where x.kind = '${kind}'), 0) as ${kind}`).join(', ')}
        from core.order_entry x where x.shipment_line_id = s.id) e
      where e.shipped > s.quantity or e.received > e.shipped or e.accepted + e.conceded + e.rejected > e.received
        or e.returned > e.accepted + e.conceded or e.invoiced > e.accepted + e.conceded
        or ${shipmentEntryKinds.map((kind) => `e.${kind} <> s.${kind}`).join(' or ')}`,
  },
  {
    name: 'no entry is reversed by more than it holds',
    sql: `select e.id as subject, format('entry %s, reversed %s', e.quantity, r.reversed) as found
      from core.order_entry e join (select reverses, -sum(quantity) as reversed from core.order_entry where reverses is not null group by reverses) r on r.reverses = e.id
      where r.reversed > e.quantity`,
  },
  {
    name: 'a lot has shipped what its shipments say and never more than it holds',
    sql: `select l.id as subject, format('holds %s, shipped %s, shipments %s, provided %s', l.quantity, l.shipped, coalesce(s.shipped, 0), coalesce(p.quantity, 0)) as found
      from core.lot l left join (${leftLots}) s on s.lot_id = l.id left join (${providedByMakers}) p on p.lot_id = l.id
      where l.shipped <> coalesce(s.shipped, 0) + coalesce(p.quantity, 0) or l.shipped > l.quantity`,
  },
  {
    name: 'an order that was accepted is allocated, a canceled one is given up, and a settled one is billed',
    sql: `select l.id as subject, format('order is %s, allocated %s, accepted %s of %s', o.state, l.allocated, l.accepted, l.ordered) as found
      from core.order_line l join core.shared_order o on o.id = l.order_id
      where (o.state not in ('proposed', 'declined', 'withdrawn') and l.allocated <> l.ordered)
        or (o.state in ('proposed', 'declined', 'withdrawn') and l.allocated <> 0)
        or (o.state = 'canceled' and (l.ordered <> 0 or l.shipped <> 0))
        or (o.state = 'defaulted' and l.ordered > l.shipped - l.rejected - l.returned)
        or (o.state = 'settled' and l.invoiced <> l.accepted + l.conceded - l.returned)`,
  },
  {
    name: 'both sides list the order as it is',
    sql: `select o.id as subject, format('order is %s, listed %s times alike', o.state, count(p.order_id)) as found
      from core.shared_order o left join core.order_party p on p.order_id = o.id and p.state = o.state and p.changed_at = o.changed_at
        and (p.role, p.organization, p.counterparty) in (('buyer', o.buyer, o.supplier), ('supplier', o.supplier, o.buyer))
      group by o.id having count(p.order_id) <> 2`,
  },
  ...deliveryInvariants,
  ...rfqInvariants,
  ...statementInvariants,
  ...subcontractInvariants,
  ...suppliedInvariants,
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
