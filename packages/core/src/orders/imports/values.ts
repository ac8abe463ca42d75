import { currencies, units } from '../../measure/index.js';
import { importsErrors } from './errors.js';

/** What people type in cells, made what the wire takes. Each throws an error of `imports` that names the value. */

/** Full-width digits, letters, signs and spaces made half-width. */
const halfWidth = (text: string) => text.normalize('NFKC').replace(/\s+/g, ' ').trim();

/** A decimal: thousands may be divided by commas (each of three digits), a currency sign may lead. */
export function readNumber(value: string): string {
  const text = halfWidth(value)
    .replace(/^([-+]?)\s*[¥$€£]\s*/, '$1')
    .replace(/ /g, '');
  if (/^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) || /^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) return plain(text.replaceAll(',', ''));
  if (/^[-+]?[\d.]+,\d+$/.test(text)) throw importsErrors.decimal_comma({ value });
  throw importsErrors.number_unclear({ value });
}

function plain(text: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^([-+]?)(\d*)\.?(\d*)$/.exec(text) ?? [];
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  const rest = fraction.replace(/0+$/, '');
  return `${sign === '-' ? '-' : ''}${digits}${rest ? `.${rest}` : ''}`;
}

/** A percent with or without its sign. */
export const readPercent = (value: string): string => readNumber(halfWidth(value).replace(/%$/, ''));

/** A day with the year first, or a spreadsheet's own; day and month first could be read both ways and is refused. */
export function readDay(value: string): string {
  const text = halfWidth(value);
  const [, year, month, day] =
    /^(\d{4})(?:-|\/|\.|年)\s?(\d{1,2})(?:-|\/|\.|月)\s?(\d{1,2})日?(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    [];
  if (!year || !month || !day) throw importsErrors.date_unclear({ value });
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso) throw importsErrors.date_unclear({ value });
  return iso;
}

const otherUnits: Readonly<Record<string, string>> = {
  pcs: 'H87',
  pc: 'H87',
  piece: 'H87',
  pieces: 'H87',
  ea: 'H87',
  each: 'H87',
  个: 'H87',
  只: 'H87',
  支: 'H87',
  条: 'H87',
  台: 'H87',
  片: 'H87',
  根: 'H87',
  sets: 'SET',
  pair: 'PR',
  pairs: 'PR',
  对: 'PR',
  dozen: 'DZN',
  公斤: 'KGM',
  公吨: 'TNE',
  ton: 'TNE',
  公里: 'KMT',
  m2: 'MTK',
  m3: 'MTQ',
  立方: 'MTQ',
  平方: 'MTK',
  l: 'LTR',
};
const unitBySpelling = new Map<string, string>([
  ...units.flatMap(({ code, en, zh, symbol }) => [code, en, zh, symbol].map((text) => [halfWidth(text).toLowerCase(), code] as const)),
  ...Object.entries(otherUnits),
]);

export function readUnit(value: string): string {
  const unit = unitBySpelling.get(halfWidth(value).toLowerCase());
  if (!unit) throw importsErrors.unit_unknown({ value, known: units.map(({ code, zh }) => `${code} ${zh}`).join(', ') });
  return unit;
}

const otherCurrencies: Readonly<Record<string, string>> = {
  RMB: 'CNY',
  人民币: 'CNY',
  元: 'CNY',
  '¥': 'CNY',
  美元: 'USD',
  美金: 'USD',
  $: 'USD',
  US$: 'USD',
  欧元: 'EUR',
  '€': 'EUR',
  英镑: 'GBP',
  '£': 'GBP',
  港币: 'HKD',
  港元: 'HKD',
  日元: 'JPY',
  日币: 'JPY',
  韩元: 'KRW',
  澳元: 'AUD',
  新加坡元: 'SGD',
  新元: 'SGD',
};

export function readCurrency(value: string): string {
  const text = halfWidth(value).toUpperCase();
  const currency = otherCurrencies[text] ?? text;
  if (!Object.hasOwn(currencies, currency)) throw importsErrors.currency_unknown({ value, known: Object.keys(currencies).join(', ') });
  return currency;
}
