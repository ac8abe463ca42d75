import { z } from 'zod';
import { canonical, Decimal, decimalSchema } from './decimal.js';

/** ISO 4217 alphabetic codes that this platform trades in, with their minor unit (decimals of an amount) as ISO gives it. */
export const currencies = { CNY: 2, USD: 2, EUR: 2, GBP: 2, HKD: 2, JPY: 0, KRW: 0, AUD: 2, SGD: 2 } as const;
export type Currency = keyof typeof currencies;

export const currencySchema = z.enum(Object.keys(currencies) as [Currency, ...Currency[]]);

/** An amount with its currency, as it travels. Amounts of two currencies never meet in one sum. */
export const moneySchema = z.object({ amount: decimalSchema, currency: currencySchema });
export type Money = z.infer<typeof moneySchema>;

export function money(amount: string, currency: string): Money {
  return { amount: canonical(amount), currency: currencySchema.parse(currency) };
}

/** Quantity × unit price, exact, then rounded half even to the currency's minor unit. */
export function priced(quantity: string, unitPrice: string, currency: Currency): Money {
  const exact = new Decimal(quantity).times(unitPrice);
  return { amount: canonical(exact.toDecimalPlaces(currencies[currency], Decimal.ROUND_HALF_EVEN)), currency };
}
