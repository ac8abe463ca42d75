import type { PageRow } from '@yunfab/core/equipment';
import { stringify } from 'csv-stringify/sync';
import type { ExportedPage, ExportedSignal } from './pages.js';

const header = ['signal', 'unit', 'time', 'value', 'quality'];
const format = { record_delimiter: 'windows', escape_formulas: true, quoted_empty: true } as const;

/**
 * RFC 4180, UTF-8 with a byte order mark, for spreadsheets. An empty value is "none", an empty text `""`; a text that a
 * spreadsheet would compute is quoted by an apostrophe, a number never is.
 */
export async function* csvOf(pages: AsyncIterable<ExportedPage>): AsyncGenerator<Buffer> {
  yield Buffer.from(stringify([header], { ...format, bom: true }));
  for await (const { signal, rows } of pages) yield Buffer.from(recordsOf(signal, rows));
}

function recordsOf({ name, unit, kind }: ExportedSignal, rows: readonly PageRow[]): string {
  const label = cells(name, unit);
  let records = '';
  for (const row of rows) records += `${label},${timeOf(row)},${written(row, kind)},${row.quality}\r\n`;
  return records;
}

function written({ value, text }: PageRow, kind: ExportedSignal['kind']): string {
  if (kind === 'text') return text === null ? '' : cells(text);
  if (value === null) return '';
  return String(kind === 'boolean' ? value !== 0 : value);
}

const cells = (...texts: string[]): string => stringify([texts], format).slice(0, -'\r\n'.length);

/** ISO 8601 in UTC, to the millisecond, or the microsecond where the device gave one. */
function timeOf({ us }: PageRow): string {
  const millis = Math.floor(us / 1000);
  const micros = us - millis * 1000;
  const time = new Date(millis).toISOString();
  return micros === 0 ? time : `${time.slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}
