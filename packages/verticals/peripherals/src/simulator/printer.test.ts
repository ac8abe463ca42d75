import { createScript } from '@yunfab/simulator';
import { describe, expect, it } from 'vitest';
import { findSupplyEvents, type SupplyReading } from '../supply/usage.js';
import { createPrinter } from './printer.js';

const noon = Date.UTC(2026, 10, 2, 3);

/** Hours of a shop's day as readings of its supply; `at` puts a fault on at that second. */
function play(hours: number, faults: Readonly<Record<number, string>> = {}) {
  const script = createScript(createPrinter({ seed: 4, program: undefined, faults: [] }));
  const readings: (SupplyReading & { readonly status: string; readonly head: number })[] = [];
  for (let second = 1; second <= hours * 3600; second++) {
    const fault = faults[second];
    if (fault) script.setFault(fault, true);
    const values = script.at(noon + second * 1000).samples.at(-1)?.values;
    if (values)
      readings.push({
        at: noon + second * 1000,
        remaining: (values['supply_level'] as number) / 100,
        pages: values['page_count'] as number,
        status: values['status'] as string,
        head: values['head_temperature'] as number,
      });
  }
  return readings;
}

describe('a printer in a shop', () => {
  it('prints with the hours of trade and keeps its head cool', () => {
    const day = play(24);
    const printed = (day.at(-1)?.pages as number) - (day[0]?.pages as number);
    expect(printed).toBeGreaterThan(350);
    expect(printed).toBeLessThan(560);
    expect(Math.max(...day.map(({ head }) => head))).toBeLessThan(65);
    expect(findSupplyEvents(day)).toEqual([]);
  });
  it('shows a swapped cartridge and a reset counter as what they are', () => {
    expect(findSupplyEvents(play(2, { 3600: 'cartridge_swap' }))).toMatchObject([{ kind: 'replaced', to: 1 }]);
    expect(findSupplyEvents(play(2, { 3600: 'counter_reset' }))).toMatchObject([{ kind: 'counter_reset' }]);
  });
  it('stops in a jam', () => {
    const readings = play(2, { 3600: 'paper_jam' });
    const after = readings.filter(({ at }) => at > noon + 3_600_000);
    expect(new Set(after.map(({ status }) => status))).toEqual(new Set(['paper_jam']));
    expect(after.at(-1)?.pages).toBe(after[0]?.pages);
  });
});
