import type { Issue } from '@yunfab/core/errors';
import { bracketElements, encodeElements, parseDigitalLink, parseElements, readDate, writeDate } from '@yunfab/core/gs1';
import { type DeviceIdentification, issue, nothingKnown, type ParsedUdi } from './identification.js';
import { partWords } from './words.js';

const meanings: Readonly<Record<string, keyof typeof partWords>> = {
  '01': 'di',
  '10': 'lot',
  '11': 'manufactured',
  '17': 'expiry',
  '21': 'serial',
  '30': 'quantity',
  '37': 'quantity',
};
const dated = new Set(['11', '13', '15', '16', '17']);

/** Reads a UDI of GS1: element string as scanned or as printed, or a Digital Link. */
export function parseGs1(text: string, today: Date): ParsedUdi {
  const { elements, issues } = /^https?:/i.test(text) ? parseDigitalLink(text, today) : parseElements(text, today);
  const parts = elements.map(({ ai, value }) => {
    const date = dated.has(ai) ? readDate(value, today, true) : null;
    return { mark: `(${ai})`, words: partWords[meanings[ai] ?? 'other'], raw: value, value: date ?? value };
  });
  const of = (ai: string) => parts.find(({ mark }) => mark === `(${ai})`) ?? null;
  const dateOf = (ai: string) => (/^\d{4}-/.test(of(ai)?.value ?? '') ? (of(ai)?.value ?? null) : null);
  const di = of('01')?.raw ?? null;
  const all: Issue[] = [...issues];
  if (di === null && issues.length === 0)
    all.push(issue('(01)', 'There is no GTIN, and so no device identifier.', '缺少 GTIN，即没有产品标识。'));
  return {
    ...nothingKnown,
    issuer: 'gs1',
    di,
    lot: of('10')?.raw ?? null,
    serial: of('21')?.raw ?? null,
    expiry: dateOf('17'),
    manufactured: dateOf('11'),
    packagingLevel: di === null ? null : Number(di.charAt(0)),
    quantity: of('30') ? Number(of('30')?.raw) : null,
    parts,
    issues: all,
  };
}

/** As it goes into the symbol behind FNC1, and as people read it. */
export function encodeGs1({ di, lot, serial, expiry, manufactured }: DeviceIdentification): { text: string; printed: string } {
  const elements = [
    { ai: '01', value: di },
    { ai: '11', value: manufactured && writeDate(manufactured) },
    { ai: '17', value: expiry && writeDate(expiry) },
    { ai: '10', value: lot },
    { ai: '21', value: serial },
  ].flatMap(({ ai, value }) => (value === null ? [] : [{ ai, value }]));
  return { text: encodeElements(elements), printed: bracketElements(elements) };
}
