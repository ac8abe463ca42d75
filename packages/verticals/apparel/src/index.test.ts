import { checkVertical } from '@yunfab/core/verticals';
import { describe, expect, it } from 'vitest';
import { apparel } from './index.js';
import { apparel as ref } from './ref.js';

describe('the apparel vertical', () => {
  it('has nothing against it', () => {
    expect(checkVertical(apparel, { platformVersion: '0.1.0' })).toEqual([]);
  });
  it('is named by its ref', () => {
    expect(ref).toEqual({ id: apparel.id, version: apparel.version });
  });
});
