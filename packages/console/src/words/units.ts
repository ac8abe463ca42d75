import type { Language } from './words.js';

/** Units of trade (UN/ECE Rec 20) as they are written beside a number; a test holds the codes equal to the platform's. */
export const tradeUnits: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  H87: { en: 'pcs', zh: '件' },
  SET: { en: 'sets', zh: '套' },
  PR: { en: 'pairs', zh: '双' },
  DZN: { en: 'doz', zh: '打' },
  GRM: { en: 'g', zh: '克' },
  KGM: { en: 'kg', zh: '千克' },
  TNE: { en: 't', zh: '吨' },
  MMT: { en: 'mm', zh: '毫米' },
  CMT: { en: 'cm', zh: '厘米' },
  MTR: { en: 'm', zh: '米' },
  KMT: { en: 'km', zh: '千米' },
  MTK: { en: 'm²', zh: '平方米' },
  MTQ: { en: 'm³', zh: '立方米' },
  MLT: { en: 'ml', zh: '毫升' },
  LTR: { en: 'l', zh: '升' },
  SEC: { en: 's', zh: '秒' },
  MIN: { en: 'min', zh: '分钟' },
  HUR: { en: 'h', zh: '小时' },
  DAY: { en: 'days', zh: '天' },
  KWH: { en: 'kWh', zh: '千瓦时' },
};

export function tradeUnit(code: string, language: Language): string {
  return tradeUnits[code]?.[language] ?? code;
}

const measured: Readonly<Record<string, string>> = {
  '1': '',
  Cel: '°C',
  '[degF]': '°F',
  K: 'K',
  'kW.h': 'kWh',
  um: 'µm',
  m2: 'm²',
  m3: 'm³',
  'm3/h': 'm³/h',
  '/min': '/min',
  deg: '°',
};

/** A UCUM unit as people write it. */
export function measuredUnit(ucum: string): string {
  return measured[ucum] ?? ucum.replaceAll('.', '·');
}
