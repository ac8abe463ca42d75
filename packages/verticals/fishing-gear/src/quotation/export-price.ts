import { type Currency, canonical, currencies, Decimal, type Money, money } from '@yunfab/core/measure';

/** What an export price is reckoned from. Decimals as strings; rates are parts of one: 13 % is `0.13`. */
export interface ExportCosting {
  /** CNY a piece, value-added tax included. */
  readonly purchase: string;
  readonly vatRate: string;
  /** Of the export rebate for the goods' HS code. */
  readonly rebateRate: string;
  /** CNY a piece for inland carriage, port, documents, bank. */
  readonly domesticCosts: string;
  /** Part of the FOB price that stays. */
  readonly margin: string;
  readonly currency: Currency;
  /** CNY for one unit of the currency, with the day and the source it is from. */
  readonly exchangeRate: string;
  readonly packing: Packing;
  readonly freight: Freight;
  readonly insurance: {
    /** Of the insured value. */
    readonly premiumRate: string;
    /** By which the insured value exceeds CIF; 0.1 is customary (Incoterms 2020 CIF A5: at least 110 %). */
    readonly markup: string;
  };
}

export interface Packing {
  readonly quantity: string;
  readonly perCarton: number;
  /** mm, outside. */
  readonly carton: { readonly length: string; readonly width: string; readonly height: string };
  /** kg of a full carton. */
  readonly cartonGrossWeight: string;
}

/** Less than a container: by the revenue ton, the greater of m³ and t. */
export interface Freight {
  /** In the currency of the quotation. */
  readonly perRevenueTon: string;
  readonly minimum: string;
}

export interface ExportPrice {
  /** CNY a piece. */
  readonly rebate: string;
  /** CNY a piece: purchase less rebate. */
  readonly exportCost: string;
  readonly cartons: number;
  /** m³ and kg of the whole consignment. */
  readonly volume: string;
  readonly grossWeight: string;
  /** The greater of m³ and t. */
  readonly revenueTons: string;
  readonly freight: Money;
  /** A piece. */
  readonly fob: Money;
  readonly cfr: Money;
  readonly cif: Money;
  /** 换汇成本: CNY of cost for one unit of the currency earned at FOB. Below the exchange rate there is a profit. */
  readonly costOfExchange: string;
}

const one = new Decimal(1);

/** CNY: purchase − purchase/(1 + VAT) · rebate. 113 at 13 %/13 % leaves 100. Exact. */
export function exportCost({ purchase, vatRate, rebateRate }: Pick<ExportCosting, 'purchase' | 'vatRate' | 'rebateRate'>): {
  readonly rebate: Decimal;
  readonly cost: Decimal;
} {
  const rebate = new Decimal(purchase).div(one.plus(vatRate)).times(rebateRate);
  return { rebate, cost: new Decimal(purchase).minus(rebate) };
}

/**
 * CIF = CFR / (1 − (1 + markup) · premium): the premium is of the insured value, which itself is of CIF. Throws a RangeError
 * where the premium would eat the whole price.
 */
export function insured(cfr: Decimal, { premiumRate, markup }: ExportCosting['insurance']): Decimal {
  const left = one.minus(one.plus(markup).times(premiumRate));
  if (left.lte(0)) throw new RangeError(`a premium of ${premiumRate} on ${markup} more than CIF leaves nothing of the price`);
  return cfr.div(left);
}

/**
 * FOB, CFR and CIF a piece for one consignment, exact until each is rounded once, half to even, to the currency's minor
 * unit. Throws a RangeError for a margin of the whole price or more.
 */
export function priceExport(costing: ExportCosting): ExportPrice {
  const { rebate, cost } = exportCost(costing);
  const consignment = measureConsignment(costing.packing);
  const kept = one.minus(costing.margin);
  if (kept.lte(0)) throw new RangeError(`a margin of ${costing.margin} leaves nothing for the cost`);
  const net = cost.plus(costing.domesticCosts);
  const fob = net.div(kept).div(costing.exchangeRate);
  const freight = Decimal.max(consignment.revenueTons.times(costing.freight.perRevenueTon), costing.freight.minimum);
  const cfr = fob.plus(freight.div(costing.packing.quantity));
  const cif = insured(cfr, costing.insurance);
  const rounded = (exact: Decimal) =>
    money(canonical(exact.toDecimalPlaces(currencies[costing.currency], Decimal.ROUND_HALF_EVEN)), costing.currency);
  return {
    rebate: shown(rebate, 6),
    exportCost: shown(cost, 6),
    cartons: consignment.cartons,
    volume: shown(consignment.volume, 6),
    grossWeight: shown(consignment.grossWeight, 3),
    revenueTons: shown(consignment.revenueTons, 6),
    freight: rounded(freight),
    fob: rounded(fob),
    cfr: rounded(cfr),
    cif: rounded(cif),
    costOfExchange: shown(net.div(fob), 4),
  };
}

/** Whole cartons of a consignment, their volume (m³), weight (kg) and revenue tons. */
function measureConsignment({ quantity, perCarton, carton, cartonGrossWeight }: Packing) {
  const cartons = new Decimal(quantity).div(perCarton).ceil();
  const volume = cartons.times(carton.length).times(carton.width).times(carton.height).div(1e9);
  const grossWeight = cartons.times(cartonGrossWeight);
  return { cartons: cartons.toNumber(), volume, grossWeight, revenueTons: Decimal.max(volume, grossWeight.div(1000)) };
}

const shown = (exact: Decimal, digits: number): string => canonical(exact.toDecimalPlaces(digits, Decimal.ROUND_HALF_EVEN));

/** The price a piece that an Incoterm asks for. */
export function priceUnder(incoterm: 'FOB' | 'CFR' | 'CIF', price: ExportPrice): Money {
  return { FOB: price.fob, CFR: price.cfr, CIF: price.cif }[incoterm];
}
