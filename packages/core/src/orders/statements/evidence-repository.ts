import { sql } from 'kysely';
import type { OrganizationId, RecordId, Scope } from '../../database/index.js';
import type { Currency } from '../../measure/index.js';

/** Two sides and the currency that they settle in. */
export interface Account {
  readonly buyer: OrganizationId;
  readonly supplier: OrganizationId;
  readonly currency: Currency;
}

/** A shipment line of which something waits to be billed or credited. */
export interface BillableLine {
  readonly shipment_line: string;
  readonly shipment_number: string;
  readonly lot_id: RecordId;
  readonly order_id: RecordId;
  readonly order_number: string;
  readonly payment_days: number | null;
  readonly order_line: string;
  readonly description: string;
  readonly unit: string;
  readonly unit_price: string;
  readonly tax_rate: string;
  readonly kept: string;
  readonly invoiced: string;
}

const ofAccount = ({ buyer, supplier, currency }: Account) =>
  sql`o.buyer = ${buyer} and o.supplier = ${supplier} and o.currency = ${currency}`;

/**
 * Shipment lines of all orders of the account whose evidence and bills differ, except those that another open statement
 * holds; by order number, then shipment.
 */
export async function billableLines(
  scope: Scope,
  account: Account,
  { besides }: { readonly besides: RecordId | null },
): Promise<BillableLine[]> {
  const { rows } = await sql<BillableLine>`
    select s.id as shipment_line, h.number as shipment_number, s.lot_id, o.id as order_id, o.number as order_number, o.payment_days,
      l.id as order_line, l.description, l.unit, s.unit_price, l.tax_rate,
      s.accepted + s.conceded - s.returned as kept, s.invoiced
    from core.order_party p
    join core.shared_order o on o.id = p.order_id and ${ofAccount(account)}
    join core.shipment_line s on s.order_id = o.id
      and (s.accepted + s.conceded - s.returned <> s.invoiced or (s.invoiced > 0 and s.returned > 0))
    join core.shipment h on h.id = s.shipment_id
    join core.order_line l on l.id = s.line_id
    where p.organization = ${scope.organization} and p.counterparty = ${otherOf(scope, account)}
      and not exists (select from core.statement_claim c where c.shipment_line_id = s.id and c.statement_id is distinct from ${besides}::uuid)
    order by o.number, h.shipped_at, h.id, l.position, s.id`.execute(scope.tx);
  return rows;
}

const otherOf = ({ organization }: Scope, { buyer, supplier }: Account): OrganizationId => (organization === buyer ? supplier : buyer);

/** Locks orders in the order of their ids, as everything does that locks several. */
export async function lockOrders(scope: Scope, ids: readonly RecordId[]): Promise<void> {
  await sql`select id from core.shared_order where id = any (${[...new Set(ids)]}::uuid[]) order by id for no key update`.execute(scope.tx);
}

/** An entry of acceptance evidence and what of it was not reversed. */
export interface EvidenceEntry {
  readonly id: string;
  readonly shipment_line: string;
  readonly kind: 'accepted' | 'conceded' | 'returned';
  readonly entered_at: Date;
  readonly left: string;
  /** Percent by which what was conceded costs less. */
  readonly reduction: string;
}

export async function evidenceOf(scope: Scope, shipmentLines: readonly string[]): Promise<EvidenceEntry[]> {
  const { rows } = await sql<EvidenceEntry>`
    select * from (
      select e.id, e.shipment_line_id as shipment_line, e.kind, e.entered_at, coalesce(i.price_reduction, 0) as reduction,
        e.quantity + coalesce((select sum(r.quantity) from core.order_entry r where r.reverses = e.id), 0) as left
      from core.order_entry e left join core.inspection i on i.conceded_entry = e.id
      where e.shipment_line_id = any (${shipmentLines}::uuid[]) and e.kind in ('accepted', 'conceded', 'returned') and e.reverses is null
    ) entry where entry.left > 0 order by entry.entered_at, entry.id`.execute(scope.tx);
  return rows;
}

/** A line that billed goods of a shipment line, and what of it was not credited. */
export interface BilledLine {
  readonly id: string;
  readonly entry: string;
  readonly shipment_line: string;
  readonly accepted_as: 'accepted' | 'conceded';
  readonly price_reduction: string;
  readonly unit_price: string;
  readonly tax_rate: string;
  readonly quantity_left: string;
  readonly net_left: string;
  readonly tax_left: string;
}

/** Oldest first. */
export async function billedLinesOf(scope: Scope, shipmentLines: readonly string[]): Promise<BilledLine[]> {
  const { rows } = await sql<BilledLine>`
    select l.id, l.entry_id as entry, l.shipment_line_id as shipment_line, l.accepted_as, l.price_reduction, l.unit_price, l.tax_rate,
      l.quantity + coalesce(c.quantity, 0) as quantity_left, l.net + coalesce(c.net, 0) as net_left, l.tax + coalesce(c.tax, 0) as tax_left
    from core.statement_line l
    left join lateral (
      select sum(x.quantity) as quantity, sum(x.net) as net, sum(x.tax) as tax
      from core.statement_line x where x.credits = l.id and x.entry_id is not null) c on true
    where l.shipment_line_id = any (${shipmentLines}::uuid[]) and l.kind = 'goods' and l.entry_id is not null
    order by l.entry_id`.execute(scope.tx);
  return rows;
}
