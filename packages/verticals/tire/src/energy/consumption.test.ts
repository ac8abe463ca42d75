import { describe, expect, it } from 'vitest';
import { consumptionOf, consumptionValues } from './consumption.js';

const series = (value: readonly number[]) => ({ ts: value.map((_, i) => i * 1000), value });
const window = { from: 0, to: 10_000 };
const energy = (value: number) => ({ values: { energy: { value, unit: 'kW.h', words: { en: 'E', zh: '电' } } } });

describe('what a cure consumed', () => {
  it('is what the meters counted while the press was closed, over a reset too', () => {
    const { energy: kwh, steam } = consumptionValues({ energy: series([100, 100.4, 101]), steam: series([999, 1000, 0.5, 1.5]) }, window);
    expect([kwh?.value, steam?.value]).toEqual([1, 2.5]);
    expect(consumptionValues({ energy: series([100, 101, 500]) }, { from: 0, to: 1500 })['energy']?.value).toBe(1);
  });
  it('is unknown without a meter or with one reading', () => {
    expect(consumptionValues({}, window)).toEqual({});
    expect(consumptionValues({ energy: series([5]) }, window)).toEqual({});
  });
});

describe('what a tire consumed', () => {
  it('is the sum of the runs over the good tires: scrap weighs on them', () => {
    expect(consumptionOf([energy(2), energy(3), energy(4)], 2)).toMatchObject({ runs: 3, energy: 9, energyPerTire: 4.5 });
  });
  it('counts tires in proportion where a run was not metered, and says so', () => {
    expect(consumptionOf([energy(2), energy(4), { values: {} }], 3)).toMatchObject({ unmetered: 1, energy: 6, energyPerTire: 3 });
  });
  it('is unknown without runs or good tires', () => {
    expect(consumptionOf([], 0)).toMatchObject({ runs: 0, energyPerTire: null });
    expect(consumptionOf([energy(2)], 0).energyPerTire).toBeNull();
  });
});
