import { oneOf } from '../../database/index.js';
import { currencies } from '../../measure/index.js';
import type { Invariant } from '../../production/index.js';
import { billedStates, openStates } from './states.js';

/** Half of the smallest amount of the statement's currency: no rounding moves a line further. */
const halfMinor = `(case s.currency ${Object.entries(currencies)
  .map(([code, digits]) => `when '${code}' then ${0.5 / 10 ** digits}`)
  .join(' ')} else 0.000001 end)`;

/** Statements recomputed from their lines, their lines from the ledger and its prices; each statement gives one row for each violation. */
export const statementInvariants: readonly Invariant[] = [
  {
    name: 'a statement is the sum of its lines',
    sql: `select s.id as subject, format('net %s of %s, tax %s of %s, gross %s of %s, deducted %s of %s', s.net, l.net, s.tax, l.tax, s.gross, l.gross, s.deducted, l.deducted) as found
      from core.statement s cross join lateral (
        select coalesce(sum(x.net), 0) as net, coalesce(sum(x.tax), 0) as tax, coalesce(sum(x.gross), 0) as gross, count(*) as lines,
          coalesce(sum(x.gross) filter (where x.kind = 'deduction'), 0) as deducted
        from core.statement_line x where x.statement_id = s.id and x.state <> 'excluded') l
      where (s.net, s.tax, s.gross, s.deducted, s.line_count) is distinct from (l.net, l.tax, l.gross, l.deducted, l.lines::integer)`,
  },
  {
    name: 'a statement line is its quantity at the price of its shipment, less the reduction of a concession, with tax',
    sql: `select l.id as subject, format('%s × %s − %s %% is stated as %s, %s %% of it as %s', l.quantity, l.unit_price, l.price_reduction, l.net, l.tax_rate, l.tax) as found
      from core.statement_line l join core.statement s on s.id = l.statement_id left join core.shipment_line h on h.id = l.shipment_line_id
      left join core.inspection i on l.kind = 'goods' and i.conceded_entry = l.basis[1]
      where l.gross <> l.net + l.tax
        or (l.kind <> 'credit' and l.quantity is not null
          and abs(l.net - l.quantity * l.unit_price * (100 - l.price_reduction) / 100) > ${halfMinor})
        or (l.kind <> 'credit' and abs(l.tax - l.net * l.tax_rate / 100) > ${halfMinor})
        or (l.kind in ('goods', 'credit') and l.unit_price <> h.unit_price)
        or (l.kind = 'goods' and l.price_reduction <> coalesce(i.price_reduction, 0))`,
  },
  {
    name: 'what a confirmed statement bills is what it wrote into the ledger, and others write nothing',
    sql: `select l.id as subject, format('statement is %s, line %s states %s of %s, entry %s holds %s of %s', s.state, l.kind, l.quantity, l.shipment_line_id, e.kind, e.quantity, e.shipment_line_id) as found
      from core.statement_line l join core.statement s on s.id = l.statement_id
      left join core.order_entry e on e.id = l.entry_id left join core.statement_line o on o.id = l.credits
      where case when s.state in (${oneOf(billedStates)}) and l.kind in ('goods', 'credit') and l.state <> 'excluded'
        then (e.kind, e.quantity, e.shipment_line_id, e.line_id, e.order_id) is distinct from ('invoiced', l.quantity, l.shipment_line_id, l.order_line_id, l.order_id)
          or e.reverses is distinct from o.entry_id
        else l.entry_id is not null end`,
  },
  {
    name: 'a confirmed statement is confirmed by both sides, line by line',
    sql: `select l.id as subject, format('statement is %s, line is %s', s.state, l.state) as found
      from core.statement_line l join core.statement s on s.id = l.statement_id
      where s.state in (${oneOf(billedStates)}) and l.state not in ('confirmed', 'excluded')`,
  },
  {
    name: 'every invoiced entry stands on one statement line, and together they are what is invoiced of the shipment line',
    sql: `select h.id as subject, format('invoiced %s, stated %s', h.invoiced, l.quantity) as found
      from core.shipment_line h cross join lateral (
        select coalesce(sum(x.quantity), 0) as quantity from core.statement_line x join core.statement s on s.id = x.statement_id
        where x.shipment_line_id = h.id and x.kind in ('goods', 'credit') and x.state <> 'excluded' and s.state in (${oneOf(billedStates)})) l
      where h.invoiced <> l.quantity
      union all
      select e.id, 'no statement line' from core.order_entry e
      where e.kind = 'invoiced' and not exists (select from core.statement_line l where l.entry_id = e.id)`,
  },
  {
    name: 'no shipment line is on two open statements, and each open statement holds those that it states',
    sql: `with stated as (
        select distinct l.shipment_line_id, l.statement_id from core.statement_line l join core.statement s on s.id = l.statement_id
        where s.state in (${oneOf(openStates)}) and l.kind in ('goods', 'credit') and l.state <> 'excluded')
      select coalesce(t.shipment_line_id, c.shipment_line_id) as subject, format('stated on %s, held by %s', t.statement_id, c.statement_id) as found
      from stated t full join core.statement_claim c on c.shipment_line_id = t.shipment_line_id and c.statement_id = t.statement_id
      where t.statement_id is null or c.statement_id is null`,
  },
  {
    name: 'no line is credited beyond what it billed, and one that is credited whole comes to nothing',
    sql: `select o.id as subject, format('billed %s for %s, credited %s for %s', o.quantity, o.gross, c.quantity, c.gross) as found
      from core.statement_line o join (
        select credits, sum(quantity) as quantity, sum(gross) as gross from core.statement_line where entry_id is not null group by credits
      ) c on c.credits = o.id
      where o.quantity + c.quantity < 0 or (o.quantity + c.quantity = 0 and o.gross + c.gross <> 0)`,
  },
  {
    name: 'the present figures of a statement line are those of its last revision',
    sql: `select l.id as subject, format('revision %s, the last kept is %s', l.revision, r.revision) as found
      from core.statement_line l left join lateral (
        select * from core.statement_line_revision x where x.line_id = l.id order by x.revision desc limit 1) r on true
      where (l.revision, l.quantity, l.net, l.tax, l.gross) is distinct from (r.revision, r.quantity, r.net, r.tax, r.gross)`,
  },
  {
    name: 'both sides list the statement as it is',
    sql: `select s.id as subject, format('statement is %s, listed %s times alike', s.state, count(p.statement_id)) as found
      from core.statement s left join core.statement_party p on p.statement_id = s.id and p.state = s.state and p.changed_at = s.changed_at
        and p.due_on is not distinct from s.due_on
        and (p.role, p.organization, p.counterparty) in (('buyer', s.buyer, s.supplier), ('supplier', s.supplier, s.buyer))
      group by s.id having count(p.statement_id) <> 2`,
  },
];
