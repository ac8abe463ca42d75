import { describe, expect, it } from 'vitest';
import { chen } from '../body/bodies.fixture.js';
import { checkMarker, makeMarkerSync } from '../marker/index.js';
import { boxOf, signedArea } from '../pattern/geometry.js';
import { draftPattern, type Pattern } from '../pattern/index.js';
import { forCutting, forPacking, markerPieces, packingTolerance } from './marker-pieces.js';

const trousers = draftPattern(chen, { garment: 'trousers', fit: 'regular' }).pattern as Pattern;

describe('the pieces of a marker', () => {
  const pieces = markerPieces(trousers, { nap: false });
  it('are a left and a right where the garment has both, of the same area', () => {
    expect(pieces.map(({ id, quantity }) => [id, quantity])).toEqual([
      ['front-r', 1],
      ['front-l', 1],
      ['back-r', 1],
      ['back-l', 1],
      ['waistband', 1],
    ]);
    const [right, left] = pieces.map(({ outline }) => signedArea(outline));
    expect(right).toBeCloseTo(-(left as number), 0);
  });
  it('lie with their grain along the fabric', () => {
    for (const { id, outline } of pieces) {
      const { width, height } = boxOf(outline);
      expect(width, id).toBeGreaterThan(height);
    }
    expect(markerPieces(trousers, { nap: true })[0]?.allowedRotations).toEqual([0]);
  });
  it('have fewer corners for packing, none off by more than the tolerance', () => {
    for (const [i, { outline }] of forPacking(pieces).entries()) {
      const whole = pieces[i]?.outline ?? [];
      expect(outline.length).toBeLessThanOrEqual(whole.length);
      const [full, few] = [boxOf(whole), boxOf(outline)];
      expect(Math.abs(full.width - few.width)).toBeLessThanOrEqual(2 * packingTolerance);
      expect(Math.abs(full.height - few.height)).toBeLessThanOrEqual(2 * packingTolerance);
    }
  });
  it('are laid without an overlap of what is cut, by the exact check', () => {
    const gap = 2 * packingTolerance;
    const { marker } = makeMarkerSync({ width: 1450 - gap, pieces: forPacking(pieces), spacing: gap }, { iterations: 2000 });
    const cut = marker && forCutting(marker, pieces, 1450);
    expect(cut && checkMarker({ width: 1450, pieces }, cut)).toEqual([]);
    expect(cut?.density).toBeGreaterThan(0.4);
    // Moved onto one another they are found.
    const moved = cut && {
      ...cut,
      placements: cut.placements.map((each, i) =>
        i === 1 ? { ...each, x: cut.placements[0]?.x ?? 0, y: cut.placements[0]?.y ?? 0 } : each,
      ),
    };
    expect(moved && checkMarker({ width: 1450, pieces }, moved)).not.toEqual([]);
  });
});
