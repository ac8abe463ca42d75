import type { Issue } from '@yunfab/core/errors';
import { readDate } from '@yunfab/core/gs1';
import { type DeviceIdentification, issue, nothingKnown, type ParsedUdi, type UdiPart } from './identification.js';
import { partWords } from './words.js';

const symbols = '-.@$,*+%/#!^~';

/** What a character counts: digits themselves, capitals from 10, small letters from 36 (from h on 45), signs from 64. */
function weightOf(character: string): number | null {
  if (/\d/.test(character)) return Number(character);
  const code = character.charCodeAt(0);
  if (/[A-Z]/.test(character)) return code - 55;
  if (/[a-g]/.test(character)) return code - 61;
  if (/[h-z]/.test(character)) return code - 59;
  const place = symbols.indexOf(character);
  return place < 0 ? null : 64 + place;
}

/**
 * The check digit of an MA code, over everything before it: weights written one behind the other, then modulo 10 with every second
 * digit from the right doubled. Found equal on codes in use; to be checked against the coding manual of ZIIOT, which is not public.
 */
export function maCheckDigit(text: string): string | null {
  const weights = [...text].map(weightOf);
  if (weights.includes(null)) return null;
  const digits = [...weights.join('')].reverse().map(Number);
  const sum = digits.reduce((total, digit, i) => total + (i % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0);
  return String((10 - (sum % 10)) % 10);
}

const production: Readonly<Record<string, keyof typeof partWords>> = {
  S: 'serial',
  M: 'manufactured',
  L: 'lot',
  D: 'sterilizationLot',
  E: 'expiry',
  V: 'expiry',
  C: 'check',
};

/**
 * Reads a UDI of China's MA codes: `MA`, country, industry `M0`, registrant (6), product (packaging 1, item 6, check 1), 25
 * characters in all; behind it `.S` serial, `.M` made on, `.L` lot, `.D` sterilisation lot, `.E` use by, `.V` valid until, `.C` check.
 */
export function parseMa(text: string): ParsedUdi {
  const issues: Issue[] = [];
  const fields = text.split('.');
  const di = fields.slice(0, 5).join('.');
  const product = fields[4] ?? '';
  const parts: UdiPart[] = [{ mark: 'MA', words: partWords.di, raw: di, value: di }];
  if (/^MA\.\d{3}\.M0\.[A-Za-z0-9]{6}\.[A-Za-z0-9]{7}\d$/.test(di)) {
    requireCheck('MA', di.slice(0, -1), di.slice(-1), issues);
    const piece = (words: UdiPart['words'], value: string): UdiPart => ({ mark: '', words, raw: value, value });
    parts.push(
      piece(partWords.registrant, fields[3] ?? ''),
      piece(partWords.level, product.charAt(0)),
      piece(partWords.item, product.slice(1, 7)),
    );
  } else {
    issues.push(
      issue(
        'MA',
        `"${di}" (${di.length} characters) is not MA.156.M0. with registrant (6), a full stop and product (8): 25 characters.`,
        `“${di}”（${di.length} 位）不符合 MA.156.M0. 加注册人代码（6 位）、点、产品编码（8 位）的 25 位结构。`,
      ),
    );
  }
  let covered = '';
  for (const field of fields.slice(5)) {
    const mark = `.${field.charAt(0)}`;
    const raw = field.slice(1);
    const part = production[field.charAt(0)];
    if (!part) issues.push(issue(mark, `"${mark}" names no production data of an MA code.`, `“${mark}”不是 MA 码的生产标识。`));
    const isDate = part === 'expiry' || part === 'manufactured';
    const date = isDate ? fullDate(raw) : null;
    if (isDate && date === null) issues.push(issue(mark, `"${raw}" is no date of 6 or 8 digits.`, `“${raw}”不是 6 位或 8 位数字的日期。`));
    if (part === 'check') requireCheck('.C', covered, raw, issues);
    else if (raw === '') issues.push(issue(mark, `Nothing stands behind ${mark}.`, `${mark} 之后没有内容。`));
    covered += `.${field}`;
    parts.push({ mark, words: partWords[part ?? 'other'], raw, value: date ?? raw });
  }
  const of = (mark: string) => parts.find((each) => each.mark === mark);
  const dateOf = (mark: string) => (of(mark)?.value.includes('-') ? (of(mark)?.value ?? null) : null);
  return {
    ...nothingKnown,
    issuer: 'ma',
    di: di.length === 25 ? di : null,
    lot: of('.L')?.raw ?? null,
    serial: of('.S')?.raw ?? null,
    expiry: dateOf('.E') ?? dateOf('.V'),
    manufactured: dateOf('.M'),
    packagingLevel: /^\d/.test(product) ? Number(product.charAt(0)) : null,
    parts,
    issues,
  };
}

function requireCheck(at: string, covered: string, given: string, issues: Issue[]): void {
  const expected = maCheckDigit(covered);
  if (given !== expected) {
    issues.push(
      issue(
        at,
        `The check digit of "${covered}" is ${given}, but ${expected ?? '–'} belongs there.`,
        `“${covered}”的校验码为 ${given}，应为 ${expected ?? '–'}。`,
      ),
    );
  }
}

/** Devices were not numbered so before 2019: two digits are a year of this century. */
function fullDate(raw: string): string | null {
  if (!/^(\d{6}|\d{8})$/.test(raw)) return null;
  const eight = raw.length === 6 ? `20${raw}` : raw;
  return readDate(eight.slice(2), new Date(Date.UTC(Number(eight.slice(0, 4)), 0, 1)), false);
}

/** MA codes are given out by ZIIOT's registry; this writes one as its rules say, for labels and for comparison. */
export function encodeMa({ di, lot, serial, expiry, manufactured }: DeviceIdentification): { text: string; printed: string } {
  const compact = (date: string) => date.replaceAll('-', '').slice(2);
  const fields: readonly (readonly [string, string | null])[] = [
    ['S', serial],
    ['M', manufactured && compact(manufactured)],
    ['L', lot],
    ['E', expiry && compact(expiry)],
  ];
  const tail = fields.map(([mark, value]) => (value === null ? '' : `.${mark}${value}`)).join('');
  const text = `${di ?? ''}${tail}${tail === '' ? '' : `.C${maCheckDigit(tail) ?? ''}`}`;
  return { text, printed: text };
}
