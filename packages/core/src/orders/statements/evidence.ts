import { sql } from 'kysely';
import type { RecordId, Scope } from '../../database/index.js';
import type { EntryKind } from '../ledger/entries.js';
import { entryKindWords } from '../order/words.js';
import { statementErrors } from './errors.js';
import type { StatementRow } from './repository.js';
import type { ProposalInput } from './schema.js';
import { lineTypeWords } from './words.js';

/** What a deduction or an addition rests on, as far as the one thing that was named leads. */
export interface Evidence {
  readonly order_id: RecordId;
  readonly order_number: string;
  readonly payment_days: number | null;
  readonly order_line_id: string | null;
  readonly shipment_line_id: string | null;
  readonly shipment_number: string | null;
  readonly lot_id: RecordId | null;
  readonly description: string | null;
  readonly tax_rate: string | null;
  readonly entry: string | null;
  readonly entry_kind: EntryKind | null;
}

const named = {
  entry: { en: 'ledger entry', zh: '台账记录' },
  shipmentLine: { en: 'shipment line', zh: '发货明细' },
  lot: { en: 'lot', zh: '批次' },
  order: { en: 'order', zh: '订单' },
} as const;

/** Kinds of entries that say that something was not as agreed. */
const faults: readonly EntryKind[] = ['rejected', 'conceded', 'returned'];

/**
 * What was named, looked up among the orders between the two sides in the currency of the statement; null for a line that
 * stands on its reason alone. Errors: `statements.evidence_missing`, `.evidence_unknown`, `.evidence_not_negative`.
 */
export async function evidenceFor(
  scope: Scope,
  row: StatementRow,
  { type, evidence }: Pick<ProposalInput, 'type' | 'evidence'>,
  kind: 'deduction' | 'addition',
): Promise<Evidence | null> {
  const given = Object.entries(evidence ?? {}).find(([, id]) => id !== undefined) as [keyof typeof named, string] | undefined;
  const { en, zh } = lineTypeWords[type];
  const mayNameOrder = kind === 'addition' || type === 'late_delivery' || type === 'other';
  if (!given || (given[0] === 'order' && !mayNameOrder)) {
    if (!given && type === 'other') return null;
    throw statementErrors.evidence_missing({ typeEn: en.toLowerCase(), typeZh: zh });
  }
  const [what, id] = given;
  const found = await lookUp(scope, row, what, id);
  if (!found) throw statementErrors.evidence_unknown({ whatEn: named[what].en, whatZh: named[what].zh, id, currency: row.currency });
  if (kind === 'deduction' && found.entry_kind !== null && !faults.includes(found.entry_kind)) {
    const words = entryKindWords[found.entry_kind];
    throw statementErrors.evidence_not_negative({ id, kindEn: words.en.toLowerCase(), kindZh: words.zh });
  }
  return found;
}

async function lookUp(scope: Scope, row: StatementRow, what: keyof typeof named, id: string): Promise<Evidence | undefined> {
  const of = { buyer: row.buyer, supplier: row.supplier, currency: row.currency };
  const account = sql`o.buyer = ${of.buyer} and o.supplier = ${of.supplier} and o.currency = ${of.currency}`;
  const order = sql`o.id as order_id, o.number as order_number, o.payment_days`;
  const noEntry = sql`null::uuid as entry, null::text as entry_kind`;
  const queries = {
    entry: sql<Evidence>`
      select ${order}, l.id as order_line_id, s.id as shipment_line_id, h.number as shipment_number, coalesce(s.lot_id, e.lot_id) as lot_id,
        l.description, l.tax_rate, e.id as entry, e.kind as entry_kind
      from core.order_entry e join core.shared_order o on o.id = e.order_id join core.order_line l on l.id = e.line_id
      left join core.shipment_line s on s.id = e.shipment_line_id left join core.shipment h on h.id = s.shipment_id
      where e.id = ${id} and ${account}`,
    shipmentLine: sql<Evidence>`
      select ${order}, l.id as order_line_id, s.id as shipment_line_id, h.number as shipment_number, s.lot_id, l.description, l.tax_rate, ${noEntry}
      from core.shipment_line s join core.shared_order o on o.id = s.order_id join core.order_line l on l.id = s.line_id
      join core.shipment h on h.id = s.shipment_id
      where s.id = ${id} and ${account}`,
    // A lot may have left in several shipments: the latest.
    lot: sql<Evidence>`
      select ${order}, l.id as order_line_id, s.id as shipment_line_id, h.number as shipment_number, s.lot_id, l.description, l.tax_rate, ${noEntry}
      from core.shipment_line s join core.shared_order o on o.id = s.order_id join core.order_line l on l.id = s.line_id
      join core.shipment h on h.id = s.shipment_id
      where s.lot_id = ${id} and ${account} order by h.shipped_at desc, s.id desc limit 1`,
    // The rate that its lines share, else none.
    order: sql<Evidence>`
      select ${order}, null::uuid as order_line_id, null::uuid as shipment_line_id, null as shipment_number, null::uuid as lot_id, null as description,
        (select case when min(l.tax_rate) = max(l.tax_rate) then min(l.tax_rate) end from core.order_line l where l.order_id = o.id) as tax_rate, ${noEntry}
      from core.shared_order o where o.id = ${id} and ${account}`,
  };
  const { rows } = await queries[what].execute(scope.tx);
  return rows[0];
}
