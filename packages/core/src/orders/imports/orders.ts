import { sql } from 'kysely';
import type { Scope } from '../../database/index.js';
import type { YunfabError } from '../../errors/index.js';
import { type OrderFieldName, orderFields } from './columns.js';
import { importsErrors } from './errors.js';
import { mostOrders, tooManyOrders } from './limits.js';
import { fieldWords, type MappedTable, RowReader } from './reading.js';
import { type PreviewInput, type PutInput, putInput } from './schema.js';
import { readCurrency, readDay, readNumber, readPercent, readUnit } from './values.js';

/** The rows of one order, and what they say it shall be; null when a row says it wrongly. */
export interface PlannedOrder {
  readonly number: string | null;
  readonly rows: readonly RowReader[];
  readonly input: PutInput | null;
}

interface ReadRow {
  readonly reader: RowReader;
  readonly values: Readonly<Record<OrderFieldName, string | undefined>>;
}

/**
 * Rows with the same number are the lines of one order, in their order, wherever they stand. What is said of the whole order
 * may stand in its first row only, or in all of them alike. Throws `imports.too_many`.
 */
export async function planOrders(
  scope: Scope,
  table: MappedTable,
  defaults: NonNullable<PreviewInput['defaults']>,
): Promise<PlannedOrder[]> {
  const read = table.rows.map((row) => readRow(new RowReader(table, row, defaults)));
  const suppliers = await findSuppliers(scope, [...new Set(read.flatMap(({ values }) => values.supplier ?? []))]);
  const groups = new Map<string, ReadRow[]>();
  for (const each of read) {
    const key = each.values.ownNumber ?? `row ${each.reader.row}`;
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  if (groups.size > mostOrders) throw tooManyOrders();
  return [...groups.values()].map((rows) => planOrder(rows, suppliers));
}

function readRow(reader: RowReader): ReadRow {
  const same = (text: string) => text;
  return {
    reader,
    values: {
      ownNumber: reader.required('ownNumber', same),
      supplier: reader.text('supplier'),
      description: reader.required('description', same),
      quantity: reader.required('quantity', readNumber),
      unit: reader.required('unit', readUnit),
      unitPrice: reader.required('unitPrice', readNumber),
      currency: reader.read('currency', readCurrency),
      dueOn: reader.read('dueOn', readDay),
      taxRate: reader.read('taxRate', readPercent),
      note: reader.text('note'),
      privateNote: reader.text('privateNote'),
    },
  };
}

const wholeFields = ['supplier', 'currency', 'dueOn', 'note', 'privateNote'] as const;

function planOrder(rows: readonly ReadRow[], suppliers: ReadonlyMap<string, string | YunfabError>): PlannedOrder {
  const first = rows[0] as ReadRow;
  const whole: Partial<Record<(typeof wholeFields)[number], string>> = {};
  for (const field of wholeFields) {
    const said = rows.find(({ values }) => values[field] !== undefined);
    if (said) whole[field] = said.values[field] as string;
    else if (orderFields[field].required) first.reader.required(field, (text) => text);
    for (const { reader, values } of rows) {
      const value = values[field];
      if (said && value !== undefined && value !== said.values[field])
        reader.refuse(
          importsErrors.rows_differ({
            ...fieldWords('orders', field),
            number: first.values.ownNumber ?? '',
            value,
            first: said.values[field],
            row: said.reader.row,
          }),
          field,
        );
    }
  }
  const supplier = whole.supplier === undefined ? undefined : suppliers.get(whole.supplier);
  if (supplier !== undefined && typeof supplier !== 'string') first.reader.refuse(supplier, 'supplier');
  const number = first.values.ownNumber ?? null;
  const readers = rows.map(({ reader }) => reader);
  if (readers.some(({ issues }) => issues.length > 0)) return { number, rows: readers, input: null };
  const parsed = putInput.safeParse({
    ownNumber: number,
    supplier,
    currency: whole.currency,
    dueOn: whole.dueOn,
    ...(whole.note === undefined ? {} : { note: whole.note }),
    ...(whole.privateNote === undefined ? {} : { privateNote: whole.privateNote }),
    lines: rows.map(({ values: { description, quantity, unit, unitPrice, taxRate } }) => ({
      description,
      quantity: { value: quantity, unit },
      unitPrice,
      ...(taxRate === undefined ? {} : { taxRate }),
    })),
  });
  if (parsed.success) return { number, rows: readers, input: parsed.data };
  for (const { path, message } of parsed.error.issues) {
    const [top, index, inner, part] = path;
    const reader = (top === 'lines' ? readers[Number(index)] : undefined) ?? first.reader;
    const field = String(top === 'lines' ? (part === 'unit' ? 'unit' : (inner ?? 'description')) : top);
    const value = reader.text(field) ?? '';
    reader.refuse(importsErrors.value_invalid({ ...fieldWords('orders', field), value, problem: message }), field);
  }
  return { number, rows: readers, input: null };
}

/** By what people write: code, identifier or the exact name in either language, of active organizations of the public register. */
async function findSuppliers(scope: Scope, written: readonly string[]): Promise<ReadonlyMap<string, string | YunfabError>> {
  const found = new Map<string, string | YunfabError>();
  if (written.length === 0) return found;
  const { rows } = await sql<{ text: string; codes: string[] }>`
    select w.text, array_agg(distinct o.code order by o.code) as codes
    from unnest(${written}::text[]) as w (text)
    join core.organization_registry o on o.state = 'active' and (o.code = lower(w.text) or o.identifier = upper(w.text) or o.name_en = w.text or o.name_zh = w.text)
    group by w.text`.execute(scope.tx);
  const codes = new Map(rows.map((row) => [row.text, row.codes]));
  for (const text of written) {
    const matches = codes.get(text) ?? [];
    // A code means the one that has it, whatever others are called.
    const exact = matches.find((code) => code === text.toLowerCase());
    const only = exact ?? (matches.length === 1 ? matches[0] : undefined);
    found.set(
      text,
      only ?? (matches.length === 0 ? importsErrors.supplier_unknown({ value: text }) : importsErrors.supplier_unclear({ value: text })),
    );
  }
  return found;
}
