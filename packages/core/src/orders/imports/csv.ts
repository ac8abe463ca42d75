import Papa from 'papaparse';
import { importsErrors } from './errors.js';
import { mostColumns, mostRows, type RawRow, tooManyColumns, tooManyRows } from './limits.js';

/** A text file as a table; a cell that begins like a formula is the text that it is. */
export function readCsv(file: Uint8Array): { readonly raw: RawRow[]; readonly encoding: string; readonly separator: string } {
  const { text, encoding } = decode(file);
  if (text.includes('\0')) throw importsErrors.unreadable({ problemEn: 'it is not a text file', problemZh: '它不是文本文件' });
  // Empty lines stay, so that rows are counted as the file shows them.
  const { data, errors, meta } = Papa.parse<string[]>(text, {
    delimitersToGuess: [',', ';', '\t'],
    preview: mostRows + 2,
    skipEmptyLines: false,
  });
  const quotes = errors.find(({ type }) => type === 'Quotes');
  if (quotes) {
    const row = (quotes.row ?? 0) + 1;
    throw importsErrors.unreadable({ problemEn: `a quotation mark in row ${row} is not closed`, problemZh: `第 ${row} 行的引号未闭合` });
  }
  if (data.filter((cells) => cells.some((cell) => cell !== '')).length > mostRows + 1 || data.length > mostRows + 1 + emptyAtEnd(data))
    throw tooManyRows();
  if (data.some((cells) => cells.length > mostColumns)) throw tooManyColumns();
  return { raw: data.map((cells, index) => ({ row: index + 1, cells })), encoding, separator: meta.delimiter };
}

const emptyAtEnd = (data: readonly string[][]): number => {
  let empty = 0;
  while (data[data.length - 1 - empty]?.every((cell) => cell === '')) empty += 1;
  return empty;
};

/** By its mark; else UTF-8 when every byte is that, else GB18030, as spreadsheets in China save text. */
function decode(file: Uint8Array): { text: string; encoding: string } {
  for (const [encoding, ...mark] of [
    ['utf-8', 0xef, 0xbb, 0xbf],
    ['utf-16le', 0xff, 0xfe],
    ['utf-16be', 0xfe, 0xff],
  ] as const)
    if (mark.every((byte, index) => file[index] === byte)) return { text: strict(encoding, file) ?? '', encoding };
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    const text = strict(encoding, file);
    if (text !== null) return { text, encoding };
  }
  throw importsErrors.unreadable({ problemEn: 'its text is neither UTF-8 nor GB18030', problemZh: '文本编码既不是 UTF-8 也不是 GB18030' });
}

function strict(encoding: string, file: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file);
  } catch {
    return null;
  }
}
