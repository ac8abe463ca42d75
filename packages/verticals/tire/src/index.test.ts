import { checkIdentifier } from '@yunfab/core/access';
import { checkVertical, loadVerticals, specificationParser } from '@yunfab/core/verticals';
import { describe, expect, it } from 'vitest';
import { recipeSchema } from './cure/recipe.js';
import { tire } from './index.js';
import { tire as ref } from './ref.js';
import { parseSize } from './size/parse.js';
import { demoLimits, demoRecipes, tireStory } from './story.js';
import { gradeLimitsSchema } from './uniformity/limits.js';

describe('the tire vertical', () => {
  it('has nothing against it', () => {
    expect(checkVertical(tire, { platformVersion: '0.1.0' })).toEqual([]);
  });
  it('is named by its ref', () => {
    expect(ref).toEqual({ id: tire.id, version: tire.version });
  });
});

describe('the demo story', () => {
  const parse = specificationParser(loadVerticals([{ source: 'tire', exported: tire }], { platformVersion: '0.1.0' }));
  const codes = new Set(tireStory.organizations.map(({ code }) => code));

  it('names companies with identifiers that hold, and people who may act', () => {
    for (const { identifierScheme: scheme, country, identifier: value, people } of tireStory.organizations) {
      expect(checkIdentifier({ scheme, country, value })).toMatchObject({ ok: true });
      expect(people.some(({ roles }) => roles.includes('admin'))).toBe(true);
    }
  });
  it('orders what its specification accepts, from companies it names, on machines of the supplier', () => {
    for (const { buyer, supplier, lines, state, equipment } of tireStory.orders) {
      expect(codes.has(buyer) && codes.has(supplier)).toBe(true);
      for (const { specification } of lines)
        if (specification) expect(parse(specification).summary).toMatch(/^\d{3}\/\d\dR\d\d \d\d[A-Z]( XL)?$/);
      if (state === 'in_production')
        expect(tireStory.equipment.find(({ code, organization }) => code === equipment && organization === supplier)).toBeDefined();
    }
  });
  it('runs recipes that the presses know and the makers have', () => {
    for (const recipe of demoRecipes) expect(recipeSchema.parse(recipe)).toEqual(recipe);
    const programs = { 'tire.curing-press': demoRecipes, 'tire.uniformity-machine': demoLimits };
    for (const { model, device } of tireStory.equipment)
      expect(programs[model as keyof typeof programs].map(({ code }) => code)).toContain(device.program);
    for (const limits of demoLimits) expect(gradeLimitsSchema.parse(limits)).toEqual(limits);
    expect(parseSize('205/55R16 91V').size?.load).toBe(615);
  });
});
