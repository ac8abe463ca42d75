import { errorWords, isYunfabError, type YunfabError } from '../../errors/index.js';
import { ordersErrors } from '../order/errors.js';
import { fieldsOf, type ImportKind, suggestMapping } from './columns.js';
import { importsErrors } from './errors.js';
import type { RawRow } from './limits.js';
import type { PreviewInput, RowIssue } from './schema.js';
import type { Table } from './table.js';

/** A table whose columns are given their fields. */
export interface MappedTable extends Table {
  readonly kind: ImportKind;
  /** Field → column from 0. */
  readonly mapping: Readonly<Record<string, number>>;
}

/** Throws `imports.column_unknown`. */
export function mapTable(table: Table, { kind, mapping: given = {} }: Pick<PreviewInput, 'kind' | 'mapping'>): MappedTable {
  const fields = fieldsOf(kind);
  const mapping = suggestMapping(kind, table.headings);
  for (const [field, column] of Object.entries(given)) {
    if (!Object.hasOwn(fields, field)) continue;
    if (column !== null && column >= table.headings.length) throw importsErrors.column_unknown({ column, columns: table.headings.length });
    if (column === null) delete mapping[field];
    else mapping[field] = column;
  }
  return { ...table, kind, mapping: withoutThoseTaken(mapping, given) };
}

/** A column that the caller gave to one field is not suggested to another. */
function withoutThoseTaken(mapping: Record<string, number>, given: PreviewInput['mapping']): Record<string, number> {
  const chosen = new Map(Object.entries(given ?? {}).flatMap(([field, column]) => (column === null ? [] : [[column, field] as const])));
  return Object.fromEntries(
    Object.entries(mapping).filter(([field, column]) => (chosen.get(column) ?? field) === field || given?.[field] === column),
  );
}

/** Required fields without a column and without a value for all rows: `imports.column_missing` of each. */
export function missingColumns(table: MappedTable, defaults: Readonly<Record<string, unknown>>): YunfabError[] {
  return Object.entries(fieldsOf(table.kind))
    .filter(([name, { required }]) => required && table.mapping[name] === undefined && defaults[name] === undefined)
    .map(([field, { words }]) => importsErrors.column_missing({ field, fieldEn: words.en, fieldZh: words.zh }));
}

/** One row as its fields are read; what speaks against a cell is kept, and its field is then undefined. */
export class RowReader {
  readonly issues: RowIssue[] = [];
  readonly row: number;
  readonly #table: MappedTable;
  readonly #cells: readonly string[];
  readonly #defaults: Readonly<Record<string, string | undefined>>;

  constructor(table: MappedTable, { row, cells }: RawRow, defaults: Readonly<Record<string, string | undefined>> = {}) {
    this.row = row;
    this.#table = table;
    this.#cells = cells;
    this.#defaults = defaults;
  }

  /** The cell as it stands, or the value for all rows; empty is undefined. */
  text(field: string): string | undefined {
    const column = this.#table.mapping[field];
    const cell = column === undefined ? '' : (this.#cells[column] ?? '').trim();
    return cell === '' ? this.#defaults[field] : cell;
  }

  read<Value>(field: string, parse: (text: string) => Value): Value | undefined {
    const text = this.text(field);
    if (text === undefined) return undefined;
    try {
      return parse(text);
    } catch (error) {
      if (!isYunfabError(error)) throw error;
      this.refuse(error, field);
      return undefined;
    }
  }

  required<Value>(field: string, parse: (text: string) => Value): Value | undefined {
    if (this.text(field) !== undefined) return this.read(field, parse);
    // Said once for the whole file when there is no such column.
    if (this.#table.mapping[field] !== undefined) this.refuse(importsErrors.value_missing(fieldWords(this.#table.kind, field)), field);
    return undefined;
  }

  refuse(error: YunfabError, field: string | null): void {
    const column = field === null ? undefined : this.#table.mapping[field];
    this.issues.push({
      column: column === undefined ? null : (this.#table.headings[column] ?? null),
      field,
      value: field === null ? null : (this.text(field) ?? null),
      code: error.code,
      words: errorWords(error, importsErrors.catalogue, ordersErrors.catalogue),
    });
  }
}

export function fieldWords(
  kind: ImportKind,
  field: string,
): { readonly field: string; readonly fieldEn: string; readonly fieldZh: string } {
  const words = fieldsOf(kind)[field]?.words;
  return { field, fieldEn: words?.en ?? field, fieldZh: words?.zh ?? field };
}
