import { Decimal as DecimalBase } from 'decimal.js';
import { z } from 'zod';

/** Exact decimal arithmetic: 60 significant digits hold any product of two wire decimals and any sum of many. */
export const Decimal = DecimalBase.clone({ precision: 60, rounding: DecimalBase.ROUND_HALF_EVEN, toExpNeg: -60, toExpPos: 60 });
export type Decimal = InstanceType<typeof Decimal>;

/** A decimal as it travels: at most 12 digits before and 6 after the point, no exponent, no leading zero (`numeric(18,6)`). */
const wireDecimal = /^-?(0|[1-9]\d{0,11})(\.\d{1,6})?$/;

export const decimalSchema = z
  .string()
  .regex(wireDecimal, 'must be a decimal such as "12.5": at most 12 digits before and 6 after the point');
/** A sum of many decimals as it travels: up to 24 digits before the point (`numeric(30,6)`), so that no sum overflows. */
export const sumSchema = z.string().regex(/^-?(0|[1-9]\d{0,23})(\.\d{1,6})?$/);

export const positiveDecimalSchema = decimalSchema.refine((text) => isPositive(text), 'must be greater than zero');
export const nonNegativeDecimalSchema = decimalSchema.refine((text) => !text.startsWith('-') || isZero(text), 'must not be negative');

/** A percentage from 0 to 100 with at most three decimals (`numeric(6,3)`). */
export const percentSchema = z
  .string()
  .regex(/^(100(\.0{1,3})?|[1-9]?\d(\.\d{1,3})?)$/, 'must be a percentage from 0 to 100 such as "13" or "2.5"');

const isZero = (text: string): boolean => /^-?[0.]+$/.test(text);
const isPositive = (text: string): boolean => !text.startsWith('-') && !isZero(text);

/** The one spelling of a value: no trailing zeros, no exponent, no negative zero. Takes what PostgreSQL's numeric gives. */
export function canonical(value: string | number | Decimal): string {
  if (typeof value === 'string') {
    // What PostgreSQL writes needs no arithmetic, and a page of a list holds hundreds of it.
    const [, sign = '', whole, fraction = ''] = /^(-?)0*(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
    if (whole !== undefined) {
      const part = fraction.replace(/0+$/, '');
      if (part === '') return whole === '0' ? '0' : `${sign}${whole}`;
      return `${sign}${whole}.${part}`;
    }
  }
  const decimal = new Decimal(value);
  return decimal.isZero() ? '0' : decimal.toFixed();
}

export const add = (...values: readonly string[]): string => canonical(values.reduce((sum, value) => sum.plus(value), new Decimal(0)));
export const subtract = (a: string, b: string): string => canonical(new Decimal(a).minus(b));
export const compare = (a: string, b: string): -1 | 0 | 1 => new Decimal(a).cmp(b) as -1 | 0 | 1;
export const least = (a: string, b: string): string => (compare(a, b) <= 0 ? canonical(a) : canonical(b));
