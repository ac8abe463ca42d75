import { type Currency, canonical, currencies, Decimal, priced } from '../../measure/index.js';
import type { IncotermRule } from '../order/incoterms.js';
import { incotermDuties } from './incoterms.js';

/** A unit price that counts from a quantity on. */
export interface PriceBreak {
  readonly from: string;
  readonly unitPrice: string;
}

/** The break whose price counts for a quantity: the greatest one not above it; null below the first. */
export function breakAt(prices: readonly PriceBreak[], quantity: string): PriceBreak | null {
  return prices.reduce<PriceBreak | null>(
    (best, each) => (new Decimal(each.from).lte(quantity) && (best === null || new Decimal(each.from).gt(best.from)) ? each : best),
    null,
  );
}

/** Half even to the currency's minor unit. */
export function rounded(amount: string | Decimal, currency: Currency): string {
  return canonical(new Decimal(amount).toDecimalPlaces(currencies[currency], Decimal.ROUND_HALF_EVEN));
}

export interface PricedLine {
  readonly from: string;
  readonly unitPrice: string;
  readonly amount: string;
  readonly belowMinimumLot: boolean;
}

/** What a quantity costs; null when the quote has no price for so little. */
export function priceLine(
  { prices, minimumLot }: { readonly prices: readonly PriceBreak[]; readonly minimumLot: string | null },
  quantity: string,
  currency: Currency,
): PricedLine | null {
  const chosen = breakAt(prices, quantity);
  if (!chosen) return null;
  return {
    from: canonical(chosen.from),
    unitPrice: canonical(chosen.unitPrice),
    amount: priced(quantity, chosen.unitPrice, currency).amount,
    belowMinimumLot: minimumLot !== null && new Decimal(quantity).lt(minimumLot),
  };
}

export interface TotalsInput {
  readonly currency: Currency;
  readonly rule: IncotermRule;
  readonly amounts: readonly string[];
  readonly tooling: readonly string[];
  readonly freight: string;
  /** Percent. */
  readonly taxRate: string;
  readonly dutyRate: string;
}

export interface Totals {
  readonly goods: string;
  readonly tooling: string;
  readonly freight: string;
  readonly tax: string;
  readonly total: string;
  readonly duty: string;
  readonly landed: string;
}

/** Every part rounded once, half even, to the currency's minor unit, so that the total is the sum of what is shown. */
export function totalsOf({ currency, rule, amounts, tooling, freight, taxRate, dutyRate }: TotalsInput): Totals {
  const sum = (values: readonly string[]) => values.reduce((total, value) => total.plus(value), new Decimal(0));
  const goods = sum(amounts);
  const tools = sum(tooling.map((each) => rounded(each, currency)));
  const carriage = new Decimal(rounded(freight, currency));
  const base = goods.plus(tools).plus(carriage);
  const tax = new Decimal(rounded(base.times(taxRate).div(100), currency));
  const duty = new Decimal(incotermDuties[rule].duty === 'seller' ? '0' : rounded(base.times(dutyRate).div(100), currency));
  const total = base.plus(tax);
  return {
    goods: canonical(goods),
    tooling: canonical(tools),
    freight: canonical(carriage),
    tax: canonical(tax),
    total: canonical(total),
    duty: canonical(duty),
    landed: canonical(total.plus(duty)),
  };
}

/** At a rate of `to` for one `from`, rounded once to the minor unit of `to`. */
export const converted = (amount: string, rate: string, to: Currency): string => rounded(new Decimal(amount).times(rate), to);
