import Papa from 'papaparse';
import type { ImportRow } from './schema.js';

/**
 * The rows as CSV with a mark, so that spreadsheets read it as UTF-8. A cell that begins like a formula is given an apostrophe:
 * whoever opens the report sees text.
 */
export function reportOf(rows: readonly ImportRow[]): string {
  const lines = rows.flatMap(({ row, number, outcome, order, issues }) => {
    const head = [String(row), number ?? '', outcome, order ?? ''];
    if (issues.length === 0) return [[...head, '', '', '', '', '']];
    return issues.map(({ column, value, code, words }) => [...head, column ?? '', value ?? '', code, words.en, words.zh]);
  });
  const headings = ['row', 'number', 'outcome', 'order', 'column', 'value', 'code', 'what to do', '处理办法'];
  return `\uFEFF${Papa.unparse([headings, ...lines.map((line) => line.map(harmless))], { newline: '\r\n' })}\r\n`;
}

export const harmless = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);
