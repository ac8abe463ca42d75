import type { Issue } from '@yunfab/core/errors';
import { mod37Check } from '@yunfab/core/gs1';
import { dayOfYear } from './hibc-date.js';
import { type DeviceIdentification, issue, nothingKnown, type ParsedUdi, type UdiPart } from './identification.js';
import { partWords } from './words.js';

interface Structure {
  readonly mark: string;
  readonly length: number;
  readonly part: keyof typeof partWords;
}

/**
 * Data structures of ISBT 128 that a UDI is made of ("UDI formats by FDA-accredited issuing agency" 1.3; ICCBBA ST-011):
 * 034 product code, 032 MPHO lot, serial number, 001 donation number, dates as cYYJJJ, and those of blood containers.
 */
const structures: readonly Structure[] = [
  { mark: '=+', length: 5, part: 'compound' },
  { mark: '=/', length: 16, part: 'di' },
  { mark: '=)', length: 10, part: 'di' },
  { mark: '=,', length: 6, part: 'serial' },
  { mark: '=>', length: 6, part: 'expiry' },
  { mark: '=}', length: 6, part: 'manufactured' },
  { mark: '&,1', length: 18, part: 'lot' },
  { mark: '&)', length: 10, part: 'lot' },
  { mark: '=', length: 15, part: 'donation' },
];

/** Reads a UDI in ISBT 128: fixed lengths, each structure named by the characters in front of it. */
export function parseIccbba(text: string): ParsedUdi {
  const parts: UdiPart[] = [];
  const issues: Issue[] = [];
  let rest = text;
  while (rest !== '') {
    const structure = structures.find(({ mark }) => rest.startsWith(mark));
    if (!structure) {
      issues.push(
        issue(
          rest.slice(0, 2),
          `No ISBT 128 data structure begins with "${rest.slice(0, 3)}".`,
          `没有以“${rest.slice(0, 3)}”开头的 ISBT 128 数据结构。`,
        ),
      );
      break;
    }
    const { mark, length, part } = structure;
    const raw = rest.slice(mark.length, mark.length + length);
    rest = rest.slice(mark.length + length);
    if (!new RegExp(`^[A-Za-z0-9]{${length}}$`).test(raw)) {
      issues.push(
        issue(
          mark,
          `${partWords[part].en} "${raw}" is not ${length} letters or digits.`,
          `${partWords[part].zh}“${raw}”不是 ${length} 位字母或数字。`,
        ),
      );
    }
    const isDate = part === 'expiry' || part === 'manufactured';
    const date = isDate ? isbtDate(raw) : null;
    if (isDate && date === null)
      issues.push(issue(mark, `"${raw}" is no date (century, year, day of the year).`, `“${raw}”不是“世纪、年、日序”形式的日期。`));
    parts.push({ mark, words: partWords[part], raw, value: date ?? raw });
  }
  const one = (part: keyof typeof partWords) => parts.find(({ words }) => words === partWords[part]) ?? null;
  const di = one('di');
  if (!di && issues.length === 0)
    issues.push(issue('=/', 'There is no product code, and so no device identifier.', '缺少产品代码，即没有产品标识。'));
  requireCount(parts, issues);
  const dateOf = (part: 'expiry' | 'manufactured') => (one(part)?.value.includes('-') ? (one(part)?.value ?? null) : null);
  return {
    ...nothingKnown,
    issuer: 'iccbba',
    di: di?.raw ?? null,
    lot: one('lot')?.raw ?? null,
    serial: one('serial')?.raw ?? null,
    donation: one('donation')?.raw ?? null,
    expiry: dateOf('expiry'),
    manufactured: dateOf('manufactured'),
    parts: parts.flatMap(withDetails),
    issues,
  };
}

/** A compound message says in its first two digits how many structures follow. */
function requireCount(parts: readonly UdiPart[], issues: Issue[]): void {
  const [first] = parts;
  if (first?.mark !== '=+') return;
  const said = Number(first.raw.slice(0, 2));
  if (said !== parts.length - 1) {
    issues.push(
      issue(
        '=+',
        `The message says ${said} structures and holds ${parts.length - 1}.`,
        `报文声明 ${said} 个数据结构，实有 ${parts.length - 1} 个。`,
      ),
    );
  }
}

/** What the issuer puts together, taken apart: the product code, and the check character that is printed behind a donation number. */
function withDetails(part: UdiPart): UdiPart[] {
  const piece = (words: UdiPart['words'], from: number, to: number): UdiPart => ({
    mark: '',
    words,
    raw: part.raw.slice(from, to),
    value: part.raw.slice(from, to),
  });
  if (part.mark === '=/') {
    return [part, piece(partWords.processor, 0, 5), piece(partWords.facilityProduct, 5, 11), piece(partWords.description, 11, 16)];
  }
  const check = part.mark === '=' ? mod37Check(part.raw.slice(0, 13)) : null;
  return check === null ? [part] : [part, { mark: '', words: partWords.check, raw: '', value: check }];
}

/** cYYJJJ: 0 is the 21st century, 9 the 20th. */
function isbtDate(raw: string): string | null {
  if (!/^\d{6}$/.test(raw)) return null;
  const century = raw.startsWith('9') ? 1900 : 2000 + Number(raw.charAt(0)) * 100;
  return dayOfYear(century + Number(raw.slice(1, 3)), Number(raw.slice(3)));
}

export function encodeIccbba(device: DeviceIdentification): { text: string; printed: string } {
  const { di, lot, serial, donation, expiry, manufactured } = device;
  const blood = di?.length === 10;
  const parts: readonly (readonly [string, string | null])[] = [
    [blood ? '=)' : '=/', di],
    ['=,', serial && serial.padStart(6, '0')],
    ['=', donation],
    ['=>', expiry && ordinal(expiry)],
    ['=}', manufactured && ordinal(manufactured)],
    [blood ? '&)' : '&,1', lot && lot.padStart(blood ? 10 : 18, '0')],
  ];
  const text = parts.map(([mark, value]) => (value === null ? '' : mark + value)).join('');
  return { text, printed: text };
}

function ordinal(date: string): string {
  const year = Number(date.slice(0, 4));
  const day = Math.round((Date.parse(date) - Date.UTC(year, 0, 1)) / 86_400_000) + 1;
  const century = year < 2000 ? 9 : Math.floor(year / 100) - 20;
  return `${century}${date.slice(2, 4)}${String(day).padStart(3, '0')}`;
}
