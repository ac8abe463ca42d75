import type { Invariant } from '../../production/index.js';
import { suppliedKinds } from './states.js';

/** Conservation of material that buyers provide: each statement returns one row for each violation. Run as owner. */
export const suppliedInvariants: readonly Invariant[] = [
  {
    name: 'provided material: used, scrapped and returned within what was received, within what was sent, and balances are sums',
    sql: `select m.id as subject, format('${suppliedKinds.map((kind) => `${kind} %s of %s`).join(', ')}', ${suppliedKinds.map((kind) => `m.${kind}, e.${kind}`).join(', ')}) as found
      from core.supplied_material m cross join lateral (
        select ${suppliedKinds.map((kind) => `coalesce(sum(x.quantity) filter (where x.kind = '${kind}'), 0) as ${kind}`).join(', ')}
        from core.supplied_entry x where x.material_id = m.id) e
      where e.received > e.sent or e.used + e.scrapped + e.returned > e.received
        or e.used + e.scrapped + e.returned + e.written_off > e.sent
        or ${suppliedKinds.map((kind) => `e.${kind} <> m.${kind}`).join(' or ')}`,
  },
  {
    name: 'what is bound in a holding is what was provided and is not accounted for',
    sql: `select h.lot_id as subject, format('bound %s, provided %s', h.bound, coalesce(s.open, 0)) as found
      from core.lot_holding h left join (
        select o.supplier, e.lot_id, sum(case e.kind when 'sent' then e.quantity when 'received' then 0 else -e.quantity end) as open
        from core.supplied_entry e join core.supplied_material m on m.id = e.material_id and not m.in_process join core.shared_order o on o.id = e.order_id
        group by 1, 2) s on s.supplier = h.organization and s.lot_id = h.lot_id
      where h.bound <> coalesce(s.open, 0)`,
  },
  {
    name: 'an order is not closed with material of its buyer open',
    sql: `select m.id as subject, format('order is %s, open %s', o.state, m.sent - m.used - m.scrapped - m.returned - m.written_off) as found
      from core.supplied_material m join core.shared_order o on o.id = m.order_id
      where o.state in ('closed', 'settled') and m.sent <> m.used + m.scrapped + m.returned + m.written_off`,
  },
];

/** What left each lot as material provided to a supplier, less what came back: part of what the lot says it has shipped. */
export const providedByMakers = `select e.lot_id, sum(case e.kind when 'sent' then e.quantity when 'returned' then -e.quantity else 0 end) as quantity
  from core.supplied_entry e join core.supplied_material m on m.id = e.material_id and not m.in_process
    join core.shared_order o on o.id = e.order_id join core.lot l on l.id = e.lot_id and l.organization = o.buyer
  where e.kind in ('sent', 'returned') group by e.lot_id`;
