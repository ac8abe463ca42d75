import { Decimal } from '@yunfab/core/measure';
import { describe, expect, it } from 'vitest';
import { type ExportCosting, exportCost, insured, priceExport, priceUnder } from './export-price.js';

const costing: ExportCosting = {
  purchase: '113',
  vatRate: '0.13',
  rebateRate: '0.13',
  domesticCosts: '8',
  margin: '0.1',
  currency: 'USD',
  exchangeRate: '7.2',
  packing: { quantity: '300', perCarton: 40, carton: { length: '1420', width: '260', height: '240' }, cartonGrossWeight: '6.4' },
  freight: { perRevenueTon: '85', minimum: '120' },
  insurance: { premiumRate: '0.005', markup: '0.1' },
};

describe('fishing-gear.md: landed quotation', () => {
  it('113 at 13 %/13 % → 100 export cost, exact', () => {
    const { rebate, cost } = exportCost(costing);
    expect([rebate.toFixed(), cost.toFixed()]).toEqual(['13', '100']);
  });
  it('a rebate below the tax leaves the difference in the cost', () => {
    expect(exportCost({ ...costing, rebateRate: '0.09' }).cost.toFixed()).toBe('104');
    expect(exportCost({ ...costing, rebateRate: '0' }).cost.toFixed()).toBe('113');
  });
  it('CIF = CFR/(1 − (1 + markup)·premium): the insured value is CIF and its markup', () => {
    const cif = insured(new Decimal('1000'), { premiumRate: '0.005', markup: '0.1' });
    expect(cif.toFixed(6)).toBe('1005.530417');
    // What the formula means: CIF less the premium on 110 % of itself is CFR.
    expect(cif.minus(cif.times('1.1').times('0.005')).toFixed(20)).toBe('1000.00000000000000000000');
    // Price × (1 + premium) is the usual mistake.
    expect(cif.gt('1005')).toBe(true);
    expect(() => insured(new Decimal(1), { premiumRate: '1', markup: '0' })).toThrow(/leaves nothing/);
  });
  it('换汇成本 = net CNY cost / FOB, below the rate by the margin', () => {
    const price = priceExport(costing);
    expect(price.costOfExchange).toBe('6.48');
    expect(new Decimal(price.costOfExchange).lt(costing.exchangeRate)).toBe(true);
  });
});

describe('the price of a consignment', () => {
  it('goes from cost to FOB, CFR and CIF', () => {
    // (100 + 8)/0.9/7.2 = 16.6667; 8 cartons are 0.7089 m³ and 51.2 kg; 85 × 0.7089 lies under the minimum of 120.
    expect(priceExport(costing)).toMatchObject({
      exportCost: '100',
      rebate: '13',
      cartons: 8,
      volume: '0.708864',
      grossWeight: '51.2',
      revenueTons: '0.708864',
      freight: { amount: '120', currency: 'USD' },
      fob: { amount: '16.67', currency: 'USD' },
      cfr: { amount: '17.07', currency: 'USD' },
      cif: { amount: '17.16', currency: 'USD' },
    });
  });
  it('carries freight by volume, or by weight when that is more', () => {
    const many = { ...costing, packing: { ...costing.packing, quantity: '3000' } };
    expect(priceExport(many)).toMatchObject({ cartons: 75, volume: '6.6456', freight: { amount: '564.88' } });
    const heavy = { ...many, packing: { ...many.packing, cartonGrossWeight: '200' } };
    expect(priceExport(heavy)).toMatchObject({ revenueTons: '15', freight: { amount: '1275' } });
  });
  it('is rounded by the currency once, not on the way', () => {
    const yen = priceExport({ ...costing, currency: 'JPY', exchangeRate: '0.048', freight: { perRevenueTon: '12000', minimum: '0' } });
    expect(yen.fob.amount).toBe('2500');
    expect(yen.cfr.amount).toBe('2528');
    expect(priceUnder('CIF', yen)).toEqual(yen.cif);
  });
  it('is refused for a margin of everything', () => {
    expect(() => priceExport({ ...costing, margin: '1' })).toThrow(/leaves nothing for the cost/);
  });
});
