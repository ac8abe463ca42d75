/** Quantities and money: exact decimals as strings, units of UN/ECE Rec 20, currencies of ISO 4217. */
export {
  add,
  canonical,
  compare,
  Decimal,
  decimalSchema,
  least,
  nonNegativeDecimalSchema,
  positiveDecimalSchema,
  subtract,
  sumSchema,
} from './decimal.js';
export { arrheniusRate, type Dose, type DoseRate, decadeRate, doseAt, gasConstant, integrateDose } from './dose-integral.js';
export { type Currency, currencies, currencySchema, type Money, money, moneySchema, priced } from './money.js';
export { positiveQuantitySchema, type Quantity, quantity, quantitySchema, unitSchema } from './quantity.js';
export { fitsUnit, type Unit, type UnitCode, unitCodes, unitOf, units } from './units.js';
