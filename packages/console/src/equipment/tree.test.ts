import { describe, expect, it } from 'vitest';
import { type OverviewItem, rowsOf, standingOf, treeOf } from './tree.js';

const now = Date.UTC(2026, 10, 29, 12);
const machine = (code: string, parent: string, more: Partial<OverviewItem> = {}): OverviewItem => ({
  ...{ id: code, code, name: code, model: 'machine', parent, devices: 1, online: 1, offline: 0, changedAt: null },
  ...{ newestTs: now - 1_000, outOfRange: 0, doubtful: 0, ...more },
});

describe('the equipment tree', () => {
  it('has a place for every part of a path, in the order people count, and machines below', () => {
    const tree = treeOf(
      'Shanhai',
      [machine('b', 'plant-10'), machine('a', 'plant-2/hall-1'), machine('c', 'plant-2/hall-1'), machine('d', '')],
      now,
    );
    expect(rowsOf(tree, new Set()).map(({ key, level }) => `${level} ${key}`)).toEqual([
      '0 /',
      '1 /plant-2',
      '2 /plant-2/hall-1',
      '3 a',
      '3 c',
      '1 /plant-10',
      '2 b',
      '1 d',
    ]);
    expect(rowsOf(tree, new Set(['/plant-2'])).map(({ key }) => key)).toEqual(['/', '/plant-2', '/plant-10', 'b', 'd']);
    expect(tree.machines).toBe(4);
  });

  it('shows a place as the worst of what is in it', () => {
    const tree = treeOf('Shanhai', [machine('a', 'p/h'), machine('b', 'p/h', { online: 0, offline: 1 }), machine('c', 'q')], now);
    const [p, q] = tree.children;
    expect([tree.standing, p?.standing, q?.standing]).toEqual(['offline', 'offline', 'sending']);
    expect(tree.counts).toMatchObject({ offline: 1, sending: 2 });
  });

  it.each([
    [{ online: 0, offline: 1, outOfRange: 1 }, 'offline'],
    [{ online: 1, offline: 1 }, 'sending'],
    [{ outOfRange: 1, newestTs: now - 3_600_000 }, 'outOfRange'],
    [{ newestTs: now - 3_600_000, doubtful: 1 }, 'silent'],
    [{ doubtful: 1 }, 'doubtful'],
    [{ devices: 0, online: 0, newestTs: null }, 'never'],
  ] as const)('says of %j that it is %s', (more, standing) => {
    expect(standingOf(machine('a', '', more), now)).toBe(standing);
  });
});
