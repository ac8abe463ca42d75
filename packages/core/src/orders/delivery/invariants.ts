import type { Invariant } from '../../production/index.js';

/** Conservation in packages and receipt differences; each statement returns one row for each violation. */
export const deliveryInvariants: readonly Invariant[] = [
  {
    name: 'packages hold what was shipped, each line of a packed shipment whole',
    sql: `select s.id as subject, format('shipped %s, packed %s', s.quantity, coalesce(c.packed, 0)) as found
      from core.shipment_line s left join (select shipment_line_id, sum(quantity) as packed from core.package_content group by 1) c on c.shipment_line_id = s.id
      where s.corrects is null and exists (select from core.package p where p.shipment_id = s.shipment_id) and coalesce(c.packed, 0) <> s.quantity`,
  },
  {
    name: 'a package stands inside one that comes before it',
    sql: `select p.id as subject, format('%s inside %s', p.position, o.position) as found
      from core.package p join core.package o on o.id = p.parent_id where o.position >= p.position`,
  },
  {
    name: 'what was shipped is the delivery note less acknowledged shortages',
    sql: `select s.id as subject, format('note %s, shipped %s, acknowledged missing %s', s.quantity, s.shipped, coalesce(d.missing, 0)) as found
      from core.shipment_line s left join (select shipment_line_id, sum(quantity) as missing from core.receipt_difference
        where kind = 'shortage' and state = 'acknowledged' group by 1) d on d.shipment_line_id = s.id
      where s.quantity - s.shipped <> coalesce(d.missing, 0)`,
  },
  {
    name: 'nothing is both received and claimed as missing',
    sql: `select s.id as subject, format('shipped %s, received %s, claimed %s', s.shipped, s.received, d.missing) as found
      from core.shipment_line s join (select shipment_line_id, sum(quantity) as missing from core.receipt_difference
        where kind = 'shortage' and state in ('open', 'contested') group by 1) d on d.shipment_line_id = s.id
      where s.received + d.missing > s.shipped`,
  },
  {
    name: 'an acknowledged surplus is shipped by one line',
    sql: `select d.id as subject, format('surplus %s is %s, shipped %s', d.quantity, d.state, coalesce(s.quantity, 0)) as found
      from core.receipt_difference d left join core.shipment_line s on s.corrects = d.id
      where d.kind = 'surplus' and coalesce(s.quantity, 0) <> case when d.state = 'acknowledged' then d.quantity else 0 end`,
  },
  {
    name: 'inspections that were not reversed are the entries of their shipment line',
    sql: `select s.id as subject, format('inspected %s, in the ledger %s', i.inspected, e.entered) as found
      from core.shipment_line s
      join (select shipment_line_id, sum(accepted + conceded + rejected) as inspected from core.inspection group by 1) i on i.shipment_line_id = s.id
      join (select shipment_line_id, sum(quantity) as entered from core.order_entry
        where kind in ('accepted', 'conceded', 'rejected') and reverses is null group by 1) e on e.shipment_line_id = s.id
      where i.inspected > e.entered`,
  },
];

/** What left a lot: its shipment lines, less what was found never to have left. */
export const leftLots = `select s.lot_id, sum(s.quantity - coalesce(d.put_back, 0)) as shipped
  from core.shipment_line s left join (select shipment_line_id, sum(quantity) as put_back from core.receipt_difference
    where kind = 'shortage' and state = 'acknowledged' and reason = 'miscounted' group by 1) d on d.shipment_line_id = s.id
  group by s.lot_id`;
