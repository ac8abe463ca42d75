import { checkIdentifier } from '@yunfab/core/access';
import { loadVerticals, specificationParser } from '@yunfab/core/verticals';
import { describe, expect, it } from 'vitest';
import { peripherals } from './index.js';
import { ovenPrograms } from './simulator/oven.js';
import { peripheralsStory as story } from './story.js';
import { findSupplyEvents } from './supply/usage.js';

const parse = specificationParser(loadVerticals([{ source: 'peripherals', exported: peripherals }], { platformVersion: '0.1.0' }));

describe('the demo story', () => {
  it('names companies with identifiers that hold, and people who may act', () => {
    for (const { identifierScheme: scheme, country, identifier: value, people } of story.organizations) {
      expect(checkIdentifier({ scheme, country, value })).toMatchObject({ ok: true });
      expect(people.some(({ roles }) => roles.includes('admin'))).toBe(true);
    }
  });
  it('orders what its specification accepts', () => {
    const specified = story.orders.flatMap(({ lines }) => lines.flatMap(({ specification }) => specification ?? []));
    expect(specified.map((each) => parse(each).summary)).toEqual(['HY-T80 80 mm 203 dpi cutter']);
  });
  it('runs programs that the ovens know', () => {
    for (const { model, device } of story.equipment)
      if (model === 'peripherals.reflow-oven') expect(Object.keys(ovenPrograms)).toContain(device.program);
  });
  it('tells eight weeks of readings up to now, with a replaced ribbon, every time it is told', () => {
    const reports = story.calls.filter(({ procedure }) => procedure === 'peripherals.supplies.report');
    expect(reports).toHaveLength(3);
    for (const { input } of reports) {
      const readings = input['readings'] as { at: string; level: number; pages: number }[];
      expect(Date.now() - Date.parse(readings.at(-1)?.at ?? '')).toBeLessThan(6 * 3_600_000 + 60_000);
      if ((readings[0]?.level ?? -3) < 0) continue;
      const events = findSupplyEvents(readings.map(({ at, level, pages }) => ({ at: Date.parse(at), remaining: level / 100, pages })));
      expect(events.map(({ kind }) => kind)).toContain('replaced');
    }
  });
});
