import type { Invariant } from '../../production/index.js';

/**
 * Conservation of what was asked for: each statement returns one row for each violation. Run as owner, which sees every
 * organization; `findLedgerViolations` runs them with those of the order ledger.
 */
export const rfqInvariants: readonly Invariant[] = [
  {
    name: 'no more of an RFQ line is awarded than asked for, and its balance is the sum of its awards',
    sql: `select l.id as subject, format('asked %s, awards %s, balance %s', l.quantity, coalesce(a.awarded, 0), b.awarded) as found
      from core.rfq_line l left join core.rfq_balance b on b.line_id = l.id
        left join (select line_id, sum(quantity) as awarded from core.rfq_award group by line_id) a on a.line_id = l.id
      where b.line_id is null or b.asked <> l.quantity or b.awarded <> coalesce(a.awarded, 0) or b.awarded not between 0 and l.quantity`,
  },
  {
    name: 'no award stands on a quantity that its order has given up',
    sql: `select a.order_line_id as subject, format('order is %s, awarded %s of ordered %s', o.state, sum(a.quantity), l.ordered) as found
      from core.rfq_award a join core.order_line l on l.id = a.order_line_id join core.shared_order o on o.id = a.order_id
      group by a.order_line_id, o.state, l.ordered
      having sum(a.quantity) < 0 or sum(a.quantity) > case when o.state in ('declined', 'withdrawn') then 0 else l.ordered end`,
  },
  {
    name: 'an award names the supplier, buyer and order of its quote',
    sql: `select a.id as subject, format('order %s, quote %s', a.order_id, a.quote_id) as found
      from core.rfq_award a join core.rfq_quote q on q.id = a.quote_id join core.shared_order o on o.id = a.order_id
      where o.buyer <> q.buyer or o.supplier <> q.supplier or q.rfq_id <> a.rfq_id or a.buyer <> q.buyer`,
  },
  {
    name: 'a quote is awarded exactly while an award of it stands',
    sql: `select q.id as subject, format('quote is %s, awarded %s', q.state, coalesce(sum(a.quantity), 0)) as found
      from core.rfq_quote q left join core.rfq_award a on a.quote_id = q.id
      group by q.id having (q.state = 'awarded') <> (coalesce(sum(a.quantity), 0) > 0)`,
  },
];
