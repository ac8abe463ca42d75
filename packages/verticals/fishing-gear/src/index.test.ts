import { checkVertical } from '@yunfab/core/verticals';
import { describe, expect, it } from 'vitest';
import { fishingGear } from './index.js';
import { fishingGear as ref } from './ref.js';

describe('the fishing-gear vertical', () => {
  it('has nothing against it', () => {
    expect(checkVertical(fishingGear, { platformVersion: '0.1.0' })).toEqual([]);
  });
  it('is named by its ref', () => {
    expect(ref).toEqual({ id: fishingGear.id, version: fishingGear.version });
  });
});
