import type { Issue } from '@yunfab/core/errors';
import { ordinalDate, readHibcDate } from './hibc-date.js';
import { type DeviceIdentification, issue, nothingKnown, type ParsedUdi, type UdiPart } from './identification.js';
import { partWords } from './words.js';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%';

/** Modulo 43 of ANSI/HIBC 2.6, appendix B: the character that belongs behind `text`; null for characters that it has not. */
export function hibcCheckCharacter(text: string): string | null {
  let sum = 0;
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value < 0) return null;
    sum += value;
  }
  return alphabet.charAt(sum % 43);
}

type Known = { -readonly [Name in keyof DeviceIdentification]: DeviceIdentification[Name] };
interface Reading {
  readonly known: Known;
  readonly parts: UdiPart[];
  readonly issues: Issue[];
  readonly today: Date;
}

/**
 * Reads a code of the HIBC Supplier Labeling Standard (ANSI/HIBC 2.6): primary, secondary, or both joined by `/`, with supplemental
 * data. The asterisks that are printed around a code are left off; a blank as check character may be printed as `_`.
 */
export function parseHibc(given: string, today: Date): ParsedUdi {
  const text = withoutMargins(given);
  const reading: Reading = { known: { ...nothingKnown, issuer: 'hibcc' }, parts: [], issues: [], today };
  const body = text.slice(0, -1);
  const check = text.slice(-1);
  const expected = hibcCheckCharacter(body);
  if (expected === null || !alphabet.includes(check)) {
    reading.issues.push(issue('+', `"${text}" holds characters that HIBC has not.`, `“${text}”含有 HIBC 字符集以外的字符。`));
  } else if (check !== expected) {
    reading.issues.push(
      issue('check', `The check character is ${check}, but ${expected} belongs there.`, `校验字符为 ${check}，应为 ${expected}。`),
    );
  }
  if (/^\+[A-Z]/.test(body)) readJoined(body, reading);
  else readSecondaryAlone(body, reading);
  reading.parts.push({ mark: 'check', words: partWords.check, raw: check, value: check });
  return { ...reading.known, parts: reading.parts, issues: reading.issues };
}

/** A blank at the end is a check character only where it is the right one. */
function withoutMargins(given: string): string {
  const trimmed = given.trimEnd();
  const blank = `${trimmed} `;
  const text = given !== trimmed && hibcCheckCharacter(trimmed) === ' ' ? blank : trimmed;
  return text.replace(/^\*(.*)\*$/, '$1').replace(/_$/, ' ');
}

function readJoined(body: string, reading: Reading): void {
  const [primary = '', ...rest] = body.slice(1).split('/');
  const { known, parts, issues } = reading;
  if (/^[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}\d$/.test(primary)) {
    known.di = primary;
    known.packagingLevel = Number(primary.slice(-1));
    parts.push(
      { mark: '+', words: partWords.labeler, raw: primary.slice(0, 4), value: primary.slice(0, 4) },
      { mark: '', words: partWords.product, raw: primary.slice(4, -1), value: primary.slice(4, -1) },
      { mark: '', words: partWords.level, raw: primary.slice(-1), value: primary.slice(-1) },
    );
  } else {
    issues.push(
      issue(
        '+',
        `"${primary}" is no labeler (4), product number (1 to 18) and unit of measure (1 digit).`,
        `“${primary}”不符合厂商代码（4 位）、产品编号（1 至 18 位）、包装级别（1 位数字）的结构。`,
      ),
    );
  }
  readSecondary(rest, reading);
}

/** A secondary code on its own ends with the check character of its primary, so that the two cannot be mixed up. */
function readSecondaryAlone(body: string, reading: Reading): void {
  const link = body.slice(-1);
  readSecondary(body.slice(1, -1).split('/'), reading);
  reading.parts.push({ mark: 'link', words: partWords.link, raw: link, value: link });
}

function readSecondary([first, ...rest]: readonly string[], reading: Reading): void {
  if (first === undefined) return;
  const leads = first.startsWith('$') || /^\d{5}/.test(first);
  if (leads) readLeading(first, reading);
  for (const segment of leads ? rest : [first, ...rest]) readSupplement(segment, reading);
}

function readLeading(segment: string, reading: Reading): void {
  const mark = /^(\$\$\+|\$\$|\$\+|\$)?/.exec(segment)?.[0] ?? '';
  const data = segment.slice(mark.length);
  const serial = mark.endsWith('+');
  if (mark === '$' || mark === '$+') return give(serial ? 'serial' : 'lot', mark, data, reading);
  if (mark === '') {
    giveDate('expiry', '', data.slice(0, 5), ordinalDate(data.slice(0, 5), reading.today), reading);
    return give('lot', '', data.slice(5), reading);
  }
  const rest = serial ? data : readQuantity(data, reading);
  if (rest === '') return;
  const { length, flag, date, wrong } = readHibcDate(rest, reading.today);
  if (wrong || date !== null) giveDate('expiry', mark + flag, rest.slice(flag.length, length), date, reading);
  give(serial ? 'serial' : 'lot', '', rest.slice(length), reading);
}

/** 8 and two digits, or 9 and five; the rest follows. */
function readQuantity(data: string, { known, parts }: Reading): string {
  const [whole, short, long] = /^(?:8(\d{2})|9(\d{5}))/.exec(data) ?? [''];
  if (whole === '') return data;
  known.quantity = Number(short ?? long);
  parts.push({ mark: `$$${whole.charAt(0)}`, words: partWords.quantity, raw: whole.slice(1), value: String(known.quantity) });
  return data.slice(whole.length);
}

/** Data identifiers of ANS MH10.8.2 that may follow: serial number, dates as YYYYMMDD, quantity. */
function readSupplement(segment: string, reading: Reading): void {
  const [, mark = '', data = ''] = /^(14D|16D|S|Q)(.*)$/.exec(segment) ?? [];
  if (mark === 'S') give('serial', '/S', data, reading);
  else if (mark === 'Q' && /^\d{1,5}$/.test(data)) {
    reading.known.quantity = Number(data);
    reading.parts.push({ mark: '/Q', words: partWords.quantity, raw: data, value: String(Number(data)) });
  } else if (mark === '14D' || mark === '16D') {
    const date = /^\d{8}$/.test(data) ? `${data.slice(0, 4)}-${data.slice(4, 6)}-${data.slice(6)}` : '';
    const real = !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date);
    giveDate(mark === '14D' ? 'expiry' : 'manufactured', `/${mark}`, data, real ? date : null, reading);
  } else {
    reading.issues.push(issue('/', `"/${segment}" is no data that HIBC knows.`, `“/${segment}”不是 HIBC 规定的数据。`));
    reading.parts.push({ mark: '/', words: partWords.other, raw: segment, value: segment });
  }
}

function give(name: 'lot' | 'serial', mark: string, data: string, { known, parts, issues }: Reading): void {
  if (data === '') return;
  if (data.length > 18 || !/^[A-Z0-9.\- ]+$/.test(data)) {
    const words = partWords[name];
    issues.push(
      issue(mark || name, `${words.en} "${data}" is not 1 to 18 letters or digits.`, `${words.zh}“${data}”不是 1 至 18 位字母或数字。`),
    );
  }
  known[name] = data;
  parts.push({ mark, words: partWords[name], raw: data, value: data });
}

function giveDate(
  name: 'expiry' | 'manufactured',
  mark: string,
  raw: string,
  date: string | null,
  { known, parts, issues }: Reading,
): void {
  if (date === null)
    issues.push(
      issue(mark || name, `"${raw}" is no date behind ${mark || 'the flag'}.`, `“${raw}”不是 ${mark || '标志'} 之后应有的日期。`),
    );
  known[name] = date;
  parts.push({ mark, words: partWords[name], raw, value: date ?? raw });
}

/** Primary and secondary in one code, with its check character; dates as YYMMDD behind the flag 3. */
export function encodeHibc({ di, lot, serial, expiry, manufactured, quantity }: DeviceIdentification): { text: string; printed: string } {
  const compact = (date: string) => date.replaceAll('-', '');
  const segments = [`+${di ?? ''}`];
  const alone = lot === null ? serial : lot;
  const plus = lot === null && serial !== null ? '+' : '';
  if (expiry !== null) segments.push(`$$${plus}3${compact(expiry).slice(2)}${alone ?? ''}`);
  else if (alone !== null) segments.push(`$${plus}${alone}`);
  if (lot !== null && serial !== null) segments.push(`S${serial}`);
  if (manufactured !== null) segments.push(`16D${compact(manufactured)}`);
  if (quantity !== null) segments.push(`Q${quantity}`);
  const body = segments.join('/');
  const text = body + (hibcCheckCharacter(body) ?? '');
  return { text, printed: `*${text}*` };
}
