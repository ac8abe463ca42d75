import { checkVertical } from '@yunfab/core/verticals';
import { describe, expect, it } from 'vitest';
import { peripherals } from './index.js';
import { peripherals as ref } from './ref.js';

describe('the peripherals vertical', () => {
  it('has nothing against it', () => {
    expect(checkVertical(peripherals, { platformVersion: '0.1.0' })).toEqual([]);
  });
  it('is named by its ref', () => {
    expect(ref).toEqual({ id: peripherals.id, version: peripherals.version });
  });
});
