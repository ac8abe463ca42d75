import { checkVertical } from '@yunfab/core/verticals';
import { describe, expect, it } from 'vitest';
import { medicalDevice } from './index.js';
import { medicalDevice as ref } from './ref.js';

describe('the medical-device vertical', () => {
  it('has nothing against it', () => {
    expect(checkVertical(medicalDevice, { platformVersion: '0.1.0' })).toEqual([]);
  });
  it('is named by its ref', () => {
    expect(ref).toEqual({ id: medicalDevice.id, version: medicalDevice.version });
  });
});
