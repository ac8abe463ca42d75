import { checkIdentifier } from '@yunfab/core/access';
import { checkVertical, loadVerticals, specificationParser } from '@yunfab/core/verticals';
import { describe, expect, it } from 'vitest';
import { laySchema } from './cutting-room/lay.js';
import { goldenValues } from './golden.js';
import { apparel } from './index.js';
import { apparel as ref } from './ref.js';
import { apparelStory } from './story.js';

describe('the apparel vertical', () => {
  it('has nothing against it', () => {
    expect(checkVertical(apparel, { platformVersion: '0.1.0' })).toEqual([]);
  });
  it('is named by its ref', () => {
    expect(ref).toEqual({ id: apparel.id, version: apparel.version });
  });
  it.each(goldenValues.map((golden) => [`${golden.source}: ${golden.name}`, golden] as const))('%s', (_name, { expected, actual }) => {
    expect(actual()).toEqual(expected);
  });
});

describe('the demo story', () => {
  const parse = specificationParser(loadVerticals([{ source: 'apparel', exported: apparel }], { platformVersion: '0.1.0' }));
  const codes = new Set(apparelStory.organizations.map(({ code }) => code));

  it('names companies with identifiers that hold, and people who may act', () => {
    for (const { identifierScheme: scheme, country, identifier: value, people } of apparelStory.organizations) {
      expect(checkIdentifier({ scheme, country, value })).toMatchObject({ ok: true });
      expect(people.some(({ roles }) => roles.includes('admin'))).toBe(true);
    }
  });
  it('orders what its specifications accept, from companies it names, on machines of the supplier', () => {
    for (const { buyer, supplier, lines, state, equipment } of apparelStory.orders) {
      expect(codes.has(buyer) && codes.has(supplier)).toBe(true);
      for (const { specification } of lines) if (specification) expect(parse(specification).summary).toBe('shirt regular 175/96A white');
      if (state === 'in_production')
        expect(apparelStory.equipment.find(({ code, organization }) => code === equipment && organization === supplier)).toBeDefined();
    }
  });
  it('plans a lay that may be planned', () => {
    const lay = apparelStory.calls.find(({ procedure }) => procedure === 'apparel.lays.create');
    expect(laySchema.safeParse(lay?.input).success).toBe(true);
  });
});
