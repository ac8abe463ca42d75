/** Quantities and money: exact decimals as strings, units of UN/ECE Rec 20, currencies of ISO 4217; and the mathematics that industries share. */

export { dayIn, dayOf, daysAfter, daysBetween } from './calendar.js';
export {
  type CapabilityIndices,
  capabilityIndices,
  type ProcessCapability,
  processCapability,
  type ToleranceLimits,
} from './capability.js';
export { type CircularSummary, summarizeAngles, wrapAngle } from './circular.js';
export { convert, convertible } from './conversion.js';
export { type CounterIncrease, counterIncrease } from './counter.js';
export {
  add,
  canonical,
  compare,
  Decimal,
  decimalSchema,
  least,
  nonNegativeDecimalSchema,
  percentSchema,
  positiveDecimalSchema,
  subtract,
  sumSchema,
} from './decimal.js';
export { arrheniusRate, type Dose, type DoseRate, decadeRate, doseAt, gasConstant, integrateDose } from './dose-integral.js';
export { measureErrors } from './errors.js';
export { type MeanShift, meanShift, twoSided } from './mean-shift.js';
export { type Currency, currencies, currencySchema, type Money, money, moneySchema, priced } from './money.js';
export { positiveQuantitySchema, type Quantity, quantity, quantitySchema, unitSchema } from './quantity.js';
export { type Harmonic, harmonicsOf, type Spectrum } from './spectrum.js';
export {
  fitLine,
  type Line,
  mean,
  median,
  medianDeviation,
  populationDeviation,
  populationVariance,
  quantile,
  type Summary,
  sampleDeviation,
  sampleVariance,
  summarize,
} from './statistics.js';
export { fitsUnit, type Unit, type UnitCode, unitCodes, unitOf, units } from './units.js';
