import { readCsv } from './csv.js';
import { importsErrors } from './errors.js';
import { mostBytes, type RawRow } from './limits.js';
import { readXlsx } from './xlsx.js';

/** What a file holds, whatever its format: texts by row and column. */
export interface Table {
  readonly format: 'csv' | 'xlsx';
  /** How the text was encoded; null for a format that says so itself. */
  readonly encoding: string | null;
  readonly separator: string | null;
  readonly headings: readonly string[];
  /** Without the empty ones; `row` counts as a spreadsheet shows it. */
  readonly rows: readonly RawRow[];
}

/** Errors: `imports.too_large`, `.too_many`, `.unreadable`, `.no_rows`. */
export function readTable(file: Uint8Array): Table {
  if (file.byteLength > mostBytes) throw importsErrors.too_large({ size: file.byteLength, most: mostBytes });
  const isZip = file[0] === 0x50 && file[1] === 0x4b;
  const { raw, ...about } = isZip ? { ...readXlsx(file), format: 'xlsx' as const } : { ...readCsv(file), format: 'csv' as const };
  const [head, ...rest] = raw.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (!head || rest.length === 0) throw importsErrors.no_rows();
  const width = Math.max(head.cells.length, ...rest.map(({ cells }) => cells.length));
  const headings = Array.from({ length: width }, (_, column) => head.cells[column]?.trim() ?? '');
  return { ...about, headings, rows: rest };
}
