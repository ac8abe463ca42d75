import type { Invariant } from '../../production/index.js';

/** Conservation over allocations: each statement returns one row for each violation. Run as owner, which sees every organization. */
export const subcontractInvariants: readonly Invariant[] = [
  {
    name: 'subcontractors hold no more of any operation than is allocated of the line',
    sql: `select l.id as subject, format('allocated %s, subcontracted %s', l.allocated, c.cover) as found
      from core.order_line l cross join lateral (select core.allocation_cover(l.id, null, null) as cover) c
      where l.id in (select a.line_id from core.order_allocation a where a.sub_line_id is not null) and c.cover > l.allocated`,
  },
  {
    name: 'a sub-order line serves no more than it has ordered, and nothing once the sub-order is off',
    sql: `select l.id as subject, format('order is %s, ordered %s, serves %s', o.state, l.ordered, a.live) as found
      from (select sub_line_id, sum(quantity - released) as live from core.order_allocation where sub_line_id is not null group by 1) a
        join core.order_line l on l.id = a.sub_line_id join core.shared_order o on o.id = l.order_id
      where a.live > case when o.state in ('declined', 'withdrawn', 'canceled') then 0 else l.ordered end`,
  },
  {
    name: 'no more of a sub-order is credited than the contractor has kept of it',
    sql: `select l.id as subject, format('kept %s, credited %s', l.accepted + l.conceded - l.returned, e.credited) as found
      from (select a.sub_line_id, sum(x.quantity) as credited from core.order_entry x
            join core.allocation_credit c on c.entry_id = coalesce(x.reverses, x.id) join core.order_allocation a on a.id = c.allocation_id
          where x.kind = 'produced' group by 1) e
        join core.order_line l on l.id = e.sub_line_id
      where e.credited > l.accepted + l.conceded - l.returned`,
  },
  {
    name: 'no more is counted at an outside operation than the contractor has kept of the sub-order',
    sql: `select l.id as subject, format('kept %s, counted %s', l.accepted + l.conceded - l.returned, a.credited) as found
      from (select sub_line_id, sum(credited) as credited from core.order_allocation where operation_id is not null group by 1) a
        join core.order_line l on l.id = a.sub_line_id
      where a.credited > l.accepted + l.conceded - l.returned`,
  },
  {
    name: 'an allocation has credited what its credits and its entries say',
    sql: `select a.id as subject, format('credited %s, credits %s, entries %s', a.credited, c.credited, e.credited) as found
      from core.order_allocation a
        cross join lateral (select coalesce(sum(quantity - taken_back), 0) as credited from core.allocation_credit where allocation_id = a.id) c
        cross join lateral (select coalesce(sum(x.quantity), 0) as credited from core.allocation_credit c
          join core.order_entry x on x.id = c.entry_id or x.reverses = c.entry_id where c.allocation_id = a.id and x.kind = 'produced') e
      where a.sub_line_id is not null and a.operation_id is null and (a.credited <> c.credited or a.credited <> e.credited)`,
  },
  {
    name: 'no more of a delivery is credited than was kept of it',
    sql: `select s.id as subject, format('kept %s, credited %s', s.accepted + s.conceded - s.returned, c.credited) as found
      from (select shipment_line_id, sum(quantity - taken_back) as credited from core.allocation_credit group by 1) c
        join core.shipment_line s on s.id = c.shipment_line_id
      where c.credited > s.accepted + s.conceded - s.returned`,
  },
  {
    name: 'an allocation is the contractor’s: supplier of the line, buyer of the sub-order, and neither side of the other',
    sql: `select a.id as subject, format('supplier %s, line of %s, sub-order of %s', a.supplier, o.supplier, s.buyer) as found
      from core.order_allocation a join core.shared_order o on o.id = a.order_id join core.shared_order s on s.id = a.sub_order_id
      where a.supplier <> o.supplier or a.supplier <> s.buyer or a.factory <> s.supplier or s.supplier = o.buyer`,
  },
  {
    name: 'what a split or a merge gives is what went into it',
    sql: `select a.id as subject, format('in %s, out %s', t.taken, t.given) as found
      from core.activity a cross join lateral (
        select coalesce(sum(quantity) filter (where role = 'input'), 0) as taken, coalesce(sum(quantity) filter (where role = 'output'), 0) as given
        from core.activity_thing where activity_id = a.id) t
      where a.kind in ('split', 'merged') and t.given > t.taken`,
  },
];
