/** A unit of trade: its UN/ECE Recommendation 20 code with words, and how many decimals a count of it may have. */
export interface Unit {
  readonly code: string;
  readonly en: string;
  readonly zh: string;
  readonly symbol: string;
  /** 0 where only whole ones exist. */
  readonly decimals: number;
}

/** The subset of UN/ECE Recommendation 20 (Codes for Units of Measure Used in International Trade) in which orders are written. */
export const units = [
  { code: 'H87', en: 'piece', zh: '件', symbol: 'pcs', decimals: 0 },
  { code: 'SET', en: 'set', zh: '套', symbol: 'set', decimals: 0 },
  { code: 'PR', en: 'pair', zh: '双', symbol: 'pr', decimals: 0 },
  { code: 'DZN', en: 'dozen', zh: '打', symbol: 'dz', decimals: 0 },
  { code: 'GRM', en: 'gram', zh: '克', symbol: 'g', decimals: 6 },
  { code: 'KGM', en: 'kilogram', zh: '千克', symbol: 'kg', decimals: 6 },
  { code: 'TNE', en: 'tonne', zh: '吨', symbol: 't', decimals: 6 },
  { code: 'MMT', en: 'millimetre', zh: '毫米', symbol: 'mm', decimals: 6 },
  { code: 'CMT', en: 'centimetre', zh: '厘米', symbol: 'cm', decimals: 6 },
  { code: 'MTR', en: 'metre', zh: '米', symbol: 'm', decimals: 6 },
  { code: 'KMT', en: 'kilometre', zh: '千米', symbol: 'km', decimals: 6 },
  { code: 'MTK', en: 'square metre', zh: '平方米', symbol: 'm²', decimals: 6 },
  { code: 'MTQ', en: 'cubic metre', zh: '立方米', symbol: 'm³', decimals: 6 },
  { code: 'MLT', en: 'millilitre', zh: '毫升', symbol: 'ml', decimals: 6 },
  { code: 'LTR', en: 'litre', zh: '升', symbol: 'l', decimals: 6 },
  { code: 'SEC', en: 'second', zh: '秒', symbol: 's', decimals: 6 },
  { code: 'MIN', en: 'minute', zh: '分钟', symbol: 'min', decimals: 6 },
  { code: 'HUR', en: 'hour', zh: '小时', symbol: 'h', decimals: 6 },
  { code: 'DAY', en: 'day', zh: '天', symbol: 'd', decimals: 6 },
  { code: 'KWH', en: 'kilowatt hour', zh: '千瓦时', symbol: 'kWh', decimals: 6 },
] as const satisfies readonly Unit[];

export type UnitCode = (typeof units)[number]['code'];
export const unitCodes = units.map((unit) => unit.code) as [UnitCode, ...UnitCode[]];

const byCode: ReadonlyMap<string, Unit> = new Map(units.map((unit) => [unit.code, unit]));

/** The unit of a code that has been validated; an unknown code is a mistake of the program. */
export function unitOf(code: string): Unit {
  const unit = byCode.get(code);
  if (!unit) throw new RangeError(`not a unit of this platform: ${code}`);
  return unit;
}

/** Whether the value has no more decimals than the unit can have: 1.5 kg, but never 1.5 pieces. */
export function fitsUnit(value: string, code: string): boolean {
  const decimals = /\.(\d*?)0*$/.exec(value)?.[1]?.length ?? 0;
  return decimals <= unitOf(code).decimals;
}
