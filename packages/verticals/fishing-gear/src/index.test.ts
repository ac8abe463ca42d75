import { checkIdentifier } from '@yunfab/core/access';
import { checkVertical } from '@yunfab/core/verticals';
import { describe, expect, it } from 'vitest';
import { designSchema } from './blank/design.js';
import { prepregSchema } from './blank/prepreg.js';
import { demoDesigns, demoPrepregs } from './demo-catalogue.js';
import { fishingGear } from './index.js';
import { fishingGear as ref } from './ref.js';
import { fishingGearStory } from './story.js';

describe('the fishing-gear vertical', () => {
  it('has nothing against it', () => {
    expect(checkVertical(fishingGear, { platformVersion: '0.1.0' })).toEqual([]);
  });
  it('is named by its ref', () => {
    expect(ref).toEqual({ id: fishingGear.id, version: fishingGear.version });
  });
});

describe('the demo story', () => {
  it('names companies with identifiers that hold, and people who may act', () => {
    for (const { identifierScheme: scheme, country, identifier: value, people } of fishingGearStory.organizations) {
      expect(checkIdentifier({ scheme, country, value })).toMatchObject({ ok: true });
      expect(people.some(({ roles }) => roles.includes('admin'))).toBe(true);
    }
  });
  it('works with prepregs and designs that hold, on machines that know them', () => {
    for (const prepreg of demoPrepregs) expect(prepregSchema.parse(prepreg)).toEqual(prepreg);
    for (const design of demoDesigns) expect(designSchema.parse(design)).toEqual(design);
    for (const { device, model } of fishingGearStory.equipment) {
      expect(demoDesigns.map(({ code }) => code)).toContain(device.program);
      expect(fishingGear.equipmentModels?.map(({ id }) => id)).toContain(model);
    }
  });
});
