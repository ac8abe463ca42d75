import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareLines, compareOperations, compareValues } from './compare.js';
import type { BomLineView, Comparison, OperationView } from './schema.js';

const lines: fc.Arbitrary<BomLineView[]> = fc
  .uniqueArray(
    fc.record({
      position: fc.integer({ min: 1, max: 12 }),
      item: fc.integer({ min: 1, max: 5 }),
      quantity: fc.constantFrom('1', '2', '2.5'),
      designators: fc.constantFrom<string[][]>([], ['C1'], ['C1', 'C2'], ['C2', 'C1']),
      phantom: fc.boolean(),
    }),
    { selector: (line) => line.position, maxLength: 10 },
  )
  .map((drawn) =>
    drawn.map(({ position, item, quantity, designators, phantom }) => ({
      id: `line-${position}`,
      position,
      item: { id: `item-${item}`, number: `P-${item}`, kind: 'part', name: { en: 'Part', zh: '零件' }, unit: 'H87' },
      revision: null,
      quantity: { value: quantity, unit: 'H87' },
      scrapPercent: '0',
      phantom,
      designators,
      alternates: [],
    })),
  );

const operations: fc.Arbitrary<OperationView[]> = fc.uniqueArray(
  fc.record({
    position: fc.integer({ min: 1, max: 9 }),
    name: fc.constantFrom({ en: 'Cut', zh: '裁切' }, { en: 'Sew', zh: '缝制' }, { en: 'Press', zh: '熨烫' }),
    workCenter: fc.constantFrom('cutter', 'line'),
    setupSeconds: fc.constant('0'),
    runSeconds: fc.constantFrom('10', '20'),
    subcontractable: fc.boolean(),
  }),
  { selector: (operation) => operation.position, maxLength: 8 },
);

type Rows = Comparison['lines'] | Comparison['operations'];
const inverted = ({ added, removed, changed }: Rows) => ({
  added: removed,
  removed: added,
  changed: changed.map(({ fields, left, right }) => ({ fields, left: right, right: left })),
});
/** The same whatever order the changes are told in. */
const asSet = ({ added, removed, changed }: { added: unknown[]; removed: unknown[]; changed: unknown[] }) =>
  [added, removed, changed].map((rows) => rows.map((row) => JSON.stringify(row)).sort());

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Comparison['specification'][number]['left']>;

describe('comparing', () => {
  it('the other way round inverts the result', () => {
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        expect(asSet(compareLines(right, left))).toEqual(asSet(inverted(compareLines(left, right))));
      }),
    );
    fc.assert(
      fc.property(operations, operations, (left, right) => {
        expect(asSet(compareOperations(right, left))).toEqual(asSet(inverted(compareOperations(left, right))));
      }),
    );
    fc.assert(
      fc.property(json, json, (left, right) => {
        const back = compareValues(right, left).map((each) => ({ path: each.path, left: each.right, right: each.left }));
        expect(back.map((each) => JSON.stringify(each)).sort()).toEqual(
          compareValues(left, right)
            .map((each) => JSON.stringify(each))
            .sort(),
        );
      }),
    );
  });

  it('with itself, or with itself in another order, finds nothing', () => {
    fc.assert(
      fc.property(lines, (some) => {
        const none = { added: [], removed: [], changed: [] };
        expect(compareLines(some, some)).toEqual(none);
        expect(compareLines(some, [...some].reverse())).toEqual(none);
      }),
    );
  });

  it('accounts for every line of both sides exactly once, unchanged ones left out', () => {
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        const { added, removed, changed } = compareLines(left, right);
        expect(left.length - removed.length).toBe(right.length - added.length);
        expect(new Set([...removed, ...changed.map((each) => each.left)]).size).toBe(removed.length + changed.length);
        for (const { fields } of changed) expect(fields.length).toBeGreaterThan(0);
      }),
    );
  });

  it('names the field and both values of a specification', () => {
    expect(compareValues({ size: 'M8 × 40', load: { index: 91 } }, { size: 'M8 × 40', load: { index: 94, xl: true } })).toEqual([
      { path: 'load.index', left: 91, right: 94 },
      { path: 'load.xl', left: null, right: true },
    ]);
  });
});
