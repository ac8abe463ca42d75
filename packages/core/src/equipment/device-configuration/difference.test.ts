import { expect, it } from 'vitest';
import { differencesOf } from './difference.js';

it('of two configurations is told by JSON Pointer, with what each side has', () => {
  const desired = { speed: 3, zones: [1, 2], plc: { address: 'a', 'x/y': 1, '~': 0 }, only: null };
  expect(differencesOf(desired, desired)).toEqual([]);
  expect(differencesOf(desired, { speed: 4, zones: [2, 1], plc: { address: 'a', 'x/y': 2 }, extra: true })).toEqual([
    { path: '/extra', reported: true },
    { path: '/only', desired: null },
    { path: '/plc/x~1y', desired: 1, reported: 2 },
    { path: '/plc/~0', desired: 0 },
    { path: '/speed', desired: 3, reported: 4 },
    { path: '/zones', desired: [1, 2], reported: [2, 1] },
  ]);
  expect(differencesOf({ plc: {} }, { plc: [] })).toEqual([{ path: '/plc', desired: {}, reported: [] }]);
});
