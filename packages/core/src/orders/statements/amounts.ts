import { add, type Currency, canonical, currencies, Decimal, decimalSchema } from '../../measure/index.js';
import { statementErrors } from './errors.js';

/** What a line comes to; all in the currency of its statement. */
export interface Amounts {
  readonly net: string;
  readonly tax_rate: string;
  readonly tax: string;
  readonly gross: string;
}

const minor = (value: Decimal, currency: Currency): string =>
  canonical(value.toDecimalPlaces(currencies[currency], Decimal.ROUND_HALF_EVEN));

/** Tax on a net amount, rounded half even to the minor unit; both negative where the line takes off. */
export function withTax(net: string, taxRate: string, currency: Currency): Amounts {
  const tax = minor(new Decimal(net).times(taxRate).dividedBy(100), currency);
  return { net: carried(net), tax_rate: canonical(taxRate), tax: carried(tax), gross: carried(add(net, tax)) };
}

/** Quantity × price, less a reduction in percent, rounded once; then the tax on it. */
export function pricedLine(
  { quantity, unitPrice, reduction = '0', taxRate }: { quantity: string; unitPrice: string; reduction?: string; taxRate: string },
  currency: Currency,
): Amounts {
  const exact = new Decimal(quantity).times(unitPrice).times(new Decimal(100).minus(reduction)).dividedBy(100);
  return withTax(minor(exact, currency), taxRate, currency);
}

export const roundedTo = (amount: string, currency: Currency): string => minor(new Decimal(amount), currency);

export const sumOf = (amounts: readonly Pick<Amounts, 'net' | 'tax' | 'gross'>[]): { net: string; tax: string; gross: string } => ({
  net: carried(add('0', ...amounts.map(({ net }) => net))),
  tax: carried(add('0', ...amounts.map(({ tax }) => tax))),
  gross: carried(add('0', ...amounts.map(({ gross }) => gross))),
});

/** A decimal that the wire can carry, or `statements.amount_too_large`. */
function carried(amount: string): string {
  if (!decimalSchema.safeParse(amount).success) throw statementErrors.amount_too_large({ amount });
  return amount;
}
