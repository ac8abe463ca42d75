import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../measure/index.js';
import { deepestLevel, type Edge, explode, mostPlaces, rollUp } from './explosion.js';

/** Items are numbered; a line leads only to a higher number, so no structure contains itself. Item n has the revision `r<n>`. */
const structures = fc.integer({ min: 2, max: 9 }).chain((count) =>
  fc
    .array(
      fc.record({
        parent: fc.integer({ min: 0, max: count - 2 }),
        step: fc.integer({ min: 1, max: count - 1 }),
        quantity: fc.integer({ min: 1, max: 999_999 }).map((n) => String(n / 1000)),
        scrapPercent: fc.integer({ min: 0, max: 100_000 }).map((n) => String(n / 1000)),
        phantom: fc.boolean(),
      }),
      { maxLength: 14 },
    )
    .map((drawn) => {
      const lines = drawn.flatMap(({ parent, step, ...line }, index) =>
        parent + step < count ? [{ ...line, parent: `r${parent}`, item: String(parent + step), position: index + 1 }] : [],
      );
      const parents = new Set(lines.map((line) => line.parent));
      return lines.map((line) => ({ ...line, below: parents.has(`r${line.item}`) ? `r${line.item}` : null }));
    }),
);
type DrawnLine = Edge & { readonly parent: string };

const of = (lines: readonly DrawnLine[]) => (revision: string) => lines.filter((line) => line.parent === revision);

/** A fraction of integers: exact in another way than decimals are. */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}
const fraction = (text: string): Fraction => {
  const [whole = '0', decimals = ''] = text.split('.');
  return { over: BigInt(whole + decimals), under: 10n ** BigInt(decimals.length) };
};
const times = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.over, under: a.under * b.under });
const plus = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.under + b.over * a.under, under: a.under * b.under });
const equal = (a: Fraction, b: Fraction): boolean => a.over * b.under === b.over * a.under;

/** What one unit of `revision` takes of `item`, from the definition: through every line, the line itself and what is below it. */
function needOf(lines: readonly DrawnLine[], revision: string, item: string): Fraction {
  return of(lines)(revision).reduce<Fraction>((sum, line) => {
    const withScrap = times(fraction(line.quantity), plus(fraction('1'), times(fraction(line.scrapPercent), { over: 1n, under: 100n })));
    const itself = line.item === item && !line.phantom ? fraction('1') : fraction('0');
    const below = line.below === null ? fraction('0') : needOf(lines, line.below, item);
    return plus(sum, times(withScrap, plus(itself, below)));
  }, fraction('0'));
}

const placesOf = (lines: readonly DrawnLine[], root: string, quantity: string) => {
  const places = explode(root, quantity, of(lines));
  if (!Array.isArray(places)) throw new Error(`not exploded: ${JSON.stringify(places)}`);
  return places as readonly { level: number; path: readonly number[]; line: DrawnLine; required: string }[];
};

describe('an explosion', () => {
  it('totals what a recursion over the definition gives, to the last digit', () => {
    fc.assert(
      fc.property(structures, fc.integer({ min: 1, max: 99_999 }), (lines, made) => {
        const totals = rollUp(placesOf(lines, 'r0', String(made)));
        const items = new Set(lines.map((line) => line.item));
        for (const item of items) {
          const expected = times(fraction(String(made)), needOf(lines, 'r0', item));
          const total = totals.find((each) => each.item === item)?.required ?? '0';
          expect(equal(fraction(total), expected)).toBe(true);
        }
      }),
    );
  });

  it('lists every path once, depth first', () => {
    fc.assert(
      fc.property(structures, (lines) => {
        const places = placesOf(lines, 'r0', '1');
        const paths = places.map(({ path }) => path.join('.'));
        expect(new Set(paths).size).toBe(paths.length);
        for (const { level, path } of places) {
          expect(path).toHaveLength(level);
          if (level > 1) expect(paths.indexOf(path.slice(0, -1).join('.'))).toBeLessThan(paths.indexOf(path.join('.')));
        }
        const counted = (revision: string): number =>
          of(lines)(revision).reduce((sum, { below }) => sum + 1 + (below === null ? 0 : counted(below)), 0);
        expect(places).toHaveLength(counted('r0'));
      }),
    );
  });

  it('adds scrap as a percentage of the quantity: 100 pieces with 10 % take 110', () => {
    const line = { parent: 'r0', item: '1', position: 10, below: null, quantity: '100', scrapPercent: '10', phantom: false };
    expect(placesOf([line], 'r0', '1')).toMatchObject([{ required: '110' }]);
  });

  it('passes a phantom through: its components are needed, it is not', () => {
    const lines = [
      { parent: 'r0', item: '1', position: 10, below: 'r1', quantity: '2', scrapPercent: '0', phantom: true },
      { parent: 'r1', item: '2', position: 10, below: null, quantity: '3', scrapPercent: '0', phantom: false },
    ];
    expect(rollUp(placesOf(lines, 'r0', '5'))).toEqual([{ item: '2', required: '30', places: 1, made: false }]);
  });

  it('of what contains itself names the circle, and of what nobody could read says so', () => {
    const edge = (parent: string, item: string) => ({
      parent,
      item,
      position: 10,
      below: `r${item}`,
      quantity: '1',
      scrapPercent: '0',
      phantom: false,
    });
    expect(explode('r0', '1', of([edge('r0', '1'), edge('r1', '2'), edge('r2', '1')]))).toEqual({ cycle: ['1', '2', '1'] });
    const wide = Array.from({ length: mostPlaces + 1 }, (_, position) => ({ ...edge('r0', '1'), below: null, position }));
    expect(explode('r0', '1', of(wide))).toEqual({ tooLarge: true });
    const deep = Array.from({ length: deepestLevel + 1 }, (_, level) => edge(`r${level}`, String(level + 1)));
    expect(explode('r0', '1', of(deep))).toEqual({ tooLarge: true });
  });

  it('is exact at its deepest with every digit that travels', () => {
    const lines = Array.from({ length: deepestLevel }, (_, level) => ({
      parent: `r${level}`,
      item: String(level + 1),
      position: 10,
      below: level + 1 < deepestLevel ? `r${level + 1}` : null,
      quantity: '987654321098.765431',
      scrapPercent: '99.9999',
      phantom: false,
    }));
    const last = placesOf(lines, 'r0', '999999999999.999999').at(-1)?.required ?? '';
    expect(equal(fraction(last), times(fraction('999999999999.999999'), needOf(lines, 'r0', String(deepestLevel))))).toBe(true);
    expect(new Decimal(last).gt(0)).toBe(true);
  });
});
