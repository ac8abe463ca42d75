import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, chen, luo } from '../body/bodies.fixture.js';
import { landmarkNames, parseBody } from '../body/index.js';
import { chooseSize, formatSize } from '../size/index.js';
import { checkPattern } from './check.js';
import { crossings, selfCrossing, signedArea } from './geometry.js';
import { draftPattern, fits, garments, measureSeam, type Pattern } from './index.js';
import { makePiece } from './piece.js';

const spread = fc.double({ min: -1, max: 1, noNaN: true });
const anyBody = fc
  .tuple(
    fc.constantFrom('male' as const, 'female' as const),
    fc.record({ tall: spread, wide: spread, drop: spread, seat: spread, limbs: spread, arms: spread }),
  )
  .map(([sex, spreads]) => bodyOf(sex, spreads))
  .filter(({ sex, ...measurements }) => parseBody({ sex, unit: 'cm', measurements }).issues.length === 0);

const drawn = (pattern: Pattern, name: string) => pattern.finished.find((each) => each.name === name)?.drawn ?? Number.NaN;
const regular = (body: typeof chen, garment: Pattern['garment']): Pattern => {
  const { pattern, issues } = draftPattern(body, { garment, fit: 'regular' });
  if (!pattern) throw new Error(JSON.stringify(issues));
  return pattern;
};

describe('a pattern', () => {
  it('is valid for every plausible body, in every garment and fit', () => {
    fc.assert(
      fc.property(anyBody, fc.constantFrom(...garments), fc.constantFrom(...fits), (body, garment, fit) => {
        expect(draftPattern(body, { garment, fit }).issues).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
  it('sews together what is of one length, sleeve cap with its ease', () => {
    const shirt = regular(chen, 'shirt');
    for (const seam of shirt.seams) expect(measureSeam(seam, shirt.pieces).difference, seam.id).toBeCloseTo(seam.ease, 1);
    const cap = shirt.seams.filter(({ id }) => id.startsWith('armhole')).reduce((sum, { ease }) => sum + ease, 0);
    expect(cap).toBe(6);
  });
  it('finished is body and ease: chest 92 cm + 12 cm, collar 38 + 2, trousers waist 76 + 1.5', () => {
    expect(drawn(regular(chen, 'shirt'), 'chest')).toBeCloseTo(1040, 0);
    expect(drawn(regular(chen, 'shirt'), 'collar')).toBeCloseTo(400, 0);
    expect(drawn(regular(chen, 'trousers'), 'waist')).toBeCloseTo(775, 1);
  });
  it('has more room in a looser fit', () => {
    const chests = fits
      .map((fit) => draftPattern(chen, { garment: 'shirt', fit }).pattern)
      .map((pattern) => pattern && drawn(pattern, 'chest'));
    expect(chests[0]).toBeLessThan(chests[1] as number);
    expect(chests[1]).toBeLessThan(chests[2] as number);
  });
  it('follows every landmark that its garment covers', () => {
    const covers: Record<Pattern['garment'], readonly string[]> = {
      shirt: ['height', 'chest', 'neck', 'shoulder_width', 'arm_length', 'back_length', 'wrist'],
      trousers: ['waist', 'hip', 'waist_height', 'inseam'],
    };
    for (const garment of garments)
      for (const name of landmarkNames.filter((each) => covers[garment].includes(each)))
        expect(regular({ ...chen, [name]: chen[name] * 1.02 }, garment).pieces, name).not.toEqual(regular(chen, garment).pieces);
  });
  it('differs for two bodies of the same size label: no size dropdown', () => {
    const label = (body: typeof chen) => {
      const { upper, lower } = chooseSize(body);
      return [upper && formatSize(upper), lower && formatSize(lower)];
    };
    expect(label(luo)).toEqual(['175/96A', '175/78A']);
    expect(label(chen)).toEqual(label(luo));
    expect(drawn(regular(luo, 'shirt'), 'sleeve') - drawn(regular(chen, 'shirt'), 'sleeve')).toBeCloseTo(30, 0);
    expect(drawn(regular(luo, 'trousers'), 'hip') - drawn(regular(chen, 'trousers'), 'hip')).toBeCloseTo(50, 0);
  });
  it('is mirrored where it is cut on both sides of the body', () => {
    const back = regular(chen, 'shirt').pieces.find(({ id }) => id === 'back');
    const at = crossings(back?.sewLine ?? [], 400);
    expect((at[0] as number) + (at.at(-1) as number)).toBeCloseTo(0, 6);
  });
});

describe('a pattern that cannot be sewn is refused', () => {
  const shirt = regular(chen, 'shirt');
  const withFront = (change: (points: readonly (readonly [number, number])[]) => (readonly [number, number])[], name: string) => ({
    ...shirt,
    pieces: shirt.pieces.map((piece) =>
      piece.id === 'front'
        ? makePiece({ ...piece, edges: piece.edges.map((each) => (each.name === name ? { ...each, points: change(each.points) } : each)) })
        : piece,
    ),
  });
  it('names the seam, both lengths and the difference', () => {
    const longer = withFront(([first, ...rest]) => [first as [number, number], [500, 300], ...rest.slice(1)], 'side');
    const issue = checkPattern(longer).find(({ at }) => at === 'seams.side');
    expect(issue?.words.en).toMatch(/^Side seam: \d+(\.\d)? mm are sewn to \d+(\.\d)? mm, a difference of -\d+/);
  });
  it('an open outline', () => {
    const open = withFront((points) => [...points.slice(0, -1), [points.at(-1)?.[0] ?? 0, (points.at(-1)?.[1] ?? 0) + 5]], 'shoulder');
    expect(checkPattern(open).map(({ at }) => at)).toContain('pieces.front.edges.shoulder');
  });
  it('an outline that crosses itself', () => {
    const crossed = withFront(([a, b]) => [a as [number, number], [-200, 300], [400, 700], b as [number, number]], 'front-edge');
    expect(checkPattern(crossed).map(({ at }) => at)).toContain('pieces.front.sew_line');
  });
  it('notches that do not meet', () => {
    const moved = {
      ...shirt,
      pieces: shirt.pieces.map((piece) =>
        piece.id === 'sleeve'
          ? { ...piece, notches: piece.notches.map((notch) => (notch.id === 'back' ? { ...notch, from: notch.from + 9 } : notch)) }
          : piece,
      ),
    };
    expect(checkPattern(moved).map(({ at }) => at)).toEqual(['seams.armhole-back.notches.back']);
  });
  it('a finished girth that is not body and ease', () => {
    const [collar, ...rest] = shirt.finished;
    expect(checkPattern({ ...shirt, finished: collar ? [{ ...collar, ease: collar.ease + 20 }, ...rest] : [] })[0]?.words.en).toContain(
      'make 420',
    );
  });
  it('an arm that does not fit its sleeve, whatever the armhole', () => {
    const { pattern, issues } = draftPattern({ ...chen, upper_arm: 58 }, { garment: 'shirt', fit: 'slim' });
    expect(pattern).toBeNull();
    expect(issues.map(({ at }) => at)).toEqual(['finished.upper_arm']);
  });
});

describe('selfCrossing', () => {
  it('passes a square and meets a bow tie, a touching point and a fold', () => {
    expect(
      selfCrossing([
        [0, 0],
        [10, 0],
        [10, 10],
        [0, 10],
      ]),
    ).toBeNull();
    expect(
      selfCrossing([
        [0, 0],
        [10, 10],
        [10, 0],
        [0, 10],
      ]),
    ).not.toBeNull();
    expect(
      selfCrossing([
        [0, 0],
        [10, 0],
        [10, 10],
        [5, 0],
        [0, 10],
      ]),
    ).not.toBeNull();
    expect(
      selfCrossing([
        [0, 0],
        [10, 0],
        [5, 0],
        [5, 10],
      ]),
    ).not.toBeNull();
  });
  it('agrees with the area of random triangles: none crosses itself', () => {
    const point = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }));
    fc.assert(
      fc.property(point, point, point, (a, b, c) => {
        fc.pre(signedArea([a, b, c]) !== 0);
        expect(selfCrossing([a, b, c])).toBeNull();
      }),
    );
  });
});
