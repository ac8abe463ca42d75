import { Unzip, UnzipInflate } from 'fflate';
import { SaxesParser } from 'saxes';
import { isYunfabError } from '../../errors/index.js';
import { importsErrors } from './errors.js';
import { mostColumns, mostRows, type RawRow, tooManyColumns, tooManyRows } from './limits.js';

/**
 * The first sheet of an Office Open XML workbook (ECMA-376 part 1, 18.3) as texts: what the cells show, of a formula what it
 * last gave. Read here and not by a library: those at hand unpack whatever a file claims to hold, and one makes a row for every
 * row up to the furthest address (a file of 1 kB took 15 s and 1.5 GB).
 */
export function readXlsx(file: Uint8Array): { readonly raw: RawRow[]; readonly encoding: null; readonly separator: null } {
  const parts = unpack(file);
  const relations = relationsOf(parts.get('xl/_rels/workbook.xml.rels') ?? '');
  const { sheet, epoch1904 } = workbookOf(parts.get('xl/workbook.xml') ?? '');
  const path = sheet === null ? undefined : relations.get(sheet);
  const xml = path === undefined ? undefined : parts.get(path);
  if (xml === undefined) throw unreadable('it has no sheet', '其中没有工作表');
  const shared = sharedStringsOf(parts.get('xl/sharedStrings.xml') ?? '');
  return { raw: rowsOf(xml, { shared, days: dayStylesOf(parts.get('xl/styles.xml') ?? ''), epoch1904 }), encoding: null, separator: null };
}

/** What all needed parts together may hold unpacked: 5000 rows of 100 columns are less. */
const mostUnpacked = 32 * 1024 * 1024;
const packedPiece = 8 * 1024;
const needed = /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/;

function unpack(file: Uint8Array): Map<string, string> {
  const parts = new Map<string, string>();
  let size = 0;
  const archive = new Unzip((entry) => {
    if (!needed.test(entry.name)) return;
    const pieces: Uint8Array[] = [];
    entry.ondata = (error, piece, last) => {
      if (error) throw error;
      size += piece.byteLength;
      if (size > mostUnpacked) throw importsErrors.too_large({ size, most: mostUnpacked });
      pieces.push(piece);
      if (last) parts.set(entry.name, Buffer.concat(pieces).toString('utf8'));
    };
    entry.start();
  });
  archive.register(UnzipInflate);
  try {
    // In small pieces, and counted as they come out: what an archive says of its sizes is not believed.
    for (let at = 0; at < file.byteLength; at += packedPiece)
      archive.push(file.subarray(at, at + packedPiece), at + packedPiece >= file.byteLength);
  } catch (error) {
    if (isYunfabError(error)) throw error;
    throw unreadable('its archive is damaged', '其压缩包已损坏', error);
  }
  return parts;
}

interface Watch {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

/** Names without their prefixes. No entities are declared: a document type is refused. */
function walk(xml: string, { open, close, text }: Watch): void {
  const parser = new SaxesParser();
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  parser.on('doctype', () => {
    throw unreadable('it declares a document type', '其中声明了文档类型');
  });
  parser.on('error', (error) => {
    throw unreadable('its XML is not well-formed', '其 XML 格式不正确', error);
  });
  parser.on('opentag', ({ name, attributes }) => open?.(local(name), attributes as Record<string, string>));
  parser.on('closetag', ({ name }) => close?.(local(name)));
  if (text) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  parser.write(xml).close();
}

const attribute = (attributes: Readonly<Record<string, string>>, name: string): string | undefined =>
  attributes[name] ?? Object.entries(attributes).find(([key]) => key.endsWith(`:${name}`))?.[1];

function relationsOf(xml: string): Map<string, string> {
  const targets = new Map<string, string>();
  if (xml)
    walk(xml, {
      open: (name, attributes) => {
        if (name !== 'Relationship') return;
        const target = attributes['Target'] ?? '';
        targets.set(attributes['Id'] ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`);
      },
    });
  return targets;
}

function workbookOf(xml: string): { sheet: string | null; epoch1904: boolean } {
  let sheet: string | null = null;
  let epoch1904 = false;
  if (xml)
    walk(xml, {
      open: (name, attributes) => {
        if (name === 'sheet' && sheet === null && !/hidden/i.test(attributes['state'] ?? '')) sheet = attribute(attributes, 'id') ?? null;
        if (name === 'workbookPr') epoch1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      },
    });
  return { sheet, epoch1904 };
}

/** Runs of rich text are one text; readings (rPh) are no part of it. */
function sharedStringsOf(xml: string): string[] {
  const strings: string[] = [];
  let text = '';
  let [inText, inReading] = [false, false];
  if (xml)
    walk(xml, {
      open: (name) => {
        if (name === 'si') text = '';
        if (name === 't') inText = true;
        if (name === 'rPh') inReading = true;
      },
      text: (more) => {
        if (inText && !inReading) text += more;
      },
      close: (name) => {
        if (name === 't') inText = false;
        if (name === 'rPh') inReading = false;
        if (name === 'si') strings.push(text);
      },
    });
  return strings;
}

/** The cell formats that show a number as a day: the built-in ones (ECMA-376 18.8.30, with the East Asian), and codes with a year or a day. */
function dayStylesOf(xml: string): Set<number> {
  const days = new Set<number>();
  const custom = new Map<string, string>();
  let inFormats = false;
  let index = 0;
  const isDay = (id: string): boolean => {
    const n = Number(id);
    if ((n >= 14 && n <= 17) || n === 22 || (n >= 27 && n <= 31) || n === 36 || (n >= 50 && n <= 58)) return true;
    return /[yd年日]/i.test((custom.get(id) ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
  };
  if (xml)
    walk(xml, {
      open: (name, attributes) => {
        if (name === 'numFmt') custom.set(attributes['numFmtId'] ?? '', attributes['formatCode'] ?? '');
        if (name === 'cellXfs') inFormats = true;
        if (name === 'xf' && inFormats) {
          if (isDay(attributes['numFmtId'] ?? '0')) days.add(index);
          index += 1;
        }
      },
      close: (name) => {
        if (name === 'cellXfs') inFormats = false;
      },
    });
  return days;
}

interface Workbook {
  readonly shared: readonly string[];
  readonly days: ReadonlySet<number>;
  readonly epoch1904: boolean;
}

function rowsOf(xml: string, workbook: Workbook): RawRow[] {
  const rows: RawRow[] = [];
  let cells: string[] = [];
  let [row, column] = [0, 0];
  let type = 'n';
  let style = 0;
  let value = '';
  let inValue = false;
  walk(xml, {
    open: (name, attributes) => {
      if (name === 'row') {
        row = Number(attributes['r'] ?? row + 1);
        column = 0;
        cells = [];
      }
      if (name === 'c') {
        column = columnOf(attributes['r']) ?? column + 1;
        if (column > mostColumns) throw tooManyColumns();
        type = attributes['t'] ?? 'n';
        style = Number(attributes['s'] ?? 0);
        value = '';
      }
      if (name === 'v' || name === 't') inValue = true;
    },
    text: (more) => {
      if (inValue) value += more;
    },
    close: (name) => {
      if (name === 'v' || name === 't') inValue = false;
      if (name === 'c') cells[column - 1] = shown(value, type, style, workbook);
      if (name !== 'row' || cells.length === 0) return;
      if (rows.length > mostRows) throw tooManyRows();
      rows.push({ row, cells: Array.from(cells, (cell) => cell ?? '') });
    },
  });
  return rows;
}

/** `C12` → 3. */
function columnOf(address: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(address ?? '')?.[0];
  return letters ? [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) : undefined;
}

function shown(value: string, type: string, style: number, { shared, days, epoch1904 }: Workbook): string {
  if (type === 's') return shared[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type !== 'n' || value === '') return value;
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  if (!days.has(style)) return decimalOf(number);
  // The day 60 of the 1900 system, 29 February 1900, never was; nothing is due before it.
  const at = new Date((Math.floor(number) - (epoch1904 ? 24107 : 25569)) * 86_400_000);
  return Number.isNaN(at.getTime()) ? value : at.toISOString().slice(0, 10);
}

/** Fifteen digits, as spreadsheets show them, and no exponent. */
function decimalOf(number: number): string {
  const text = String(Number(number.toPrecision(15)));
  return text.includes('e') ? number.toFixed(20).replace(/\.?0+$/, '') : text;
}

function unreadable(problemEn: string, problemZh: string, cause?: unknown) {
  return importsErrors.unreadable({ problemEn, problemZh }, cause);
}
