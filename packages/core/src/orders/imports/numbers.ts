import { sql } from 'kysely';
import type { RecordId, Scope } from '../../database/index.js';
import { ordersByOwnNumber } from '../listing/repository.js';
import { importsErrors } from './errors.js';
import { fieldWords, type MappedTable, RowReader } from './reading.js';

/** One order's new own number and private note; `change` is empty when they are what they are. */
export interface PlannedNumber {
  readonly reader: RowReader;
  readonly number: string | null;
  readonly order: RecordId | null;
  readonly change: { readonly own_number?: string; readonly private_note?: string | null };
}

/** Each row names an order of the organization: a buyer by its own number, a supplier by the number its customer gave, or by its own. */
export async function planNumbers(scope: Scope, table: MappedTable): Promise<PlannedNumber[]> {
  const readers = table.rows.map((row) => new RowReader(table, row));
  const numbers = readers.map((reader) => reader.required('number', (text) => text) ?? null);
  const known = await findOrders(scope, [...new Set(numbers.filter((number) => number !== null))]);
  const firstRow = new Map<string, number>();
  const planned = readers.map((reader, index): PlannedNumber => {
    const number = numbers[index] ?? null;
    const none = { reader, number, order: null, change: {} };
    if (number === null) return none;
    const earlier = firstRow.get(number);
    if (earlier !== undefined) reader.refuse(importsErrors.number_twice({ value: number, row: earlier }), 'number');
    else firstRow.set(number, reader.row);
    const matches = known.get(number) ?? [];
    const [match] = matches;
    if (!match) reader.refuse(importsErrors.order_unknown({ value: number }), 'number');
    else if (matches.length > 1) reader.refuse(importsErrors.order_unclear({ value: number }), 'number');
    const own = lineOf(reader, 'ownNumber', 60);
    const note = lineOf(reader, 'privateNote', 2000);
    if (reader.issues.length > 0 || !match) return none;
    return {
      ...{ reader, number, order: match.order_id },
      change: {
        ...(own === undefined || own === match.own_number ? {} : { own_number: own }),
        ...(note === undefined || note === match.private_note ? {} : { private_note: note }),
      },
    };
  });
  await refuseTaken(scope, planned);
  return planned;
}

const lineOf = (reader: RowReader, field: 'ownNumber' | 'privateNote', longest: number): string | undefined =>
  reader.read(field, (text) => {
    const problem =
      text.length > longest
        ? `it has more than ${longest} characters`
        : /\p{Cc}/u.test(text.replace(/[\n\r\t]/g, ''))
          ? 'it has control characters'
          : null;
    if (problem !== null || (field === 'ownNumber' && /[\n\r\t]/.test(text)))
      throw importsErrors.value_invalid({ ...fieldWords('numbers', field), value: text, problem: problem ?? 'it has more than one line' });
    return text;
  });

/** A number that another order of the organization has, and that no row of the file gives up, cannot be given. */
async function refuseTaken(scope: Scope, planned: readonly PlannedNumber[]): Promise<void> {
  const wanted = new Map<string, PlannedNumber[]>();
  for (const each of planned) {
    const { own_number } = each.change;
    if (own_number !== undefined) wanted.set(own_number, [...(wanted.get(own_number) ?? []), each]);
  }
  const taken = new Map((await ordersByOwnNumber(scope, [...wanted.keys()])).map((row) => [row.own_number, row.order_id]));
  for (const [number, rows] of wanted)
    for (const [index, { reader }] of rows.entries()) {
      if (index > 0) reader.refuse(importsErrors.number_twice({ value: number, row: rows[0]?.reader.row ?? 0 }), 'ownNumber');
      else if (taken.has(number)) reader.refuse(importsErrors.number_taken({ value: number }), 'ownNumber');
    }
}

interface Known {
  readonly order_id: RecordId;
  readonly own_number: string | null;
  readonly private_note: string | null;
}

async function findOrders(scope: Scope, numbers: readonly string[]): Promise<ReadonlyMap<string, readonly Known[]>> {
  if (numbers.length === 0) return new Map();
  const { rows } = await sql<Known & { asked: string }>`
    select p.own_number as asked, p.order_id, p.own_number, p.private_note from core.order_party p
    where p.organization = ${scope.organization} and p.own_number collate "C" = any (${numbers}::text[])
    union
    select o.number, p.order_id, p.own_number, p.private_note from core.shared_order o
    join core.order_party p on p.organization = ${scope.organization} and p.order_id = o.id
    where o.supplier = ${scope.organization} and o.number = any (${numbers}::text[])`.execute(scope.tx);
  const found = new Map<string, Known[]>();
  for (const row of rows) found.set(row.asked, [...(found.get(row.asked) ?? []), row]);
  return found;
}
