import { createRequire } from 'node:module';
import { drawingSchema } from '@yunfab/core/verticals';
import { describe, expect, it } from 'vitest';
import { chen } from '../body/bodies.fixture.js';
import { signedArea } from '../pattern/geometry.js';
import { draftPattern, type Pattern } from '../pattern/index.js';
import { dxfLayers, patternDrawing, patternDxf, patternSvg } from './index.js';

// Its types tell of an ES module, its package is CommonJS whose export is the class.
const DxfParser = createRequire(import.meta.url)('dxf-parser') as typeof import('dxf-parser').DxfParser;

const shirt = draftPattern(chen, { garment: 'shirt', fit: 'regular' }).pattern as Pattern;
const trousers = draftPattern(chen, { garment: 'trousers', fit: 'slim' }).pattern as Pattern;

interface Entity {
  readonly type: string;
  readonly layer: string;
  readonly vertices?: readonly { readonly x: number; readonly y: number }[];
  readonly shape?: boolean;
  readonly text?: string;
  readonly name?: string;
}

describe.each([
  ['shirt', shirt],
  ['trousers', trousers],
])('a %s as DXF, read by another implementation (dxf-parser)', (_name, pattern) => {
  const read = new DxfParser().parseSync(patternDxf(pattern, { style: 'YF 衬衫', size: '175/96A' }));
  const blocks = (read?.blocks ?? {}) as unknown as Readonly<Record<string, { readonly entities: readonly Entity[] }>>;

  it('has one block for each piece and inserts it once', () => {
    expect(Object.keys(blocks)).toEqual(pattern.pieces.map(({ id }) => id.toUpperCase()));
    const inserted = ((read?.entities ?? []) as unknown as readonly Entity[])
      .filter(({ type }) => type === 'INSERT')
      .map(({ name }) => name);
    expect(inserted).toEqual(Object.keys(blocks));
  });
  it('ASTM D6673: boundary on 1, notches on 4, grain on 7, internal on 8, sew line on 14', () => {
    for (const piece of pattern.pieces) {
      const entities = blocks[piece.id.toUpperCase()]?.entities ?? [];
      const on = (layer: number, type: string) => entities.filter((entity) => entity.layer === String(layer) && entity.type === type);
      const [boundary, ...more] = on(dxfLayers.boundary, 'POLYLINE');
      expect(more).toEqual([]);
      expect(boundary?.shape).toBe(true);
      // The same outline, mirrored to y upward: as many points, the same area.
      expect(boundary?.vertices?.length).toBe(piece.cutLine.length);
      const area = signedArea((boundary?.vertices ?? []).map(({ x, y }) => [x, y] as const));
      expect(Math.abs(area)).toBeCloseTo(piece.area, 0);
      expect(Math.sign(area)).toBe(-Math.sign(signedArea(piece.cutLine)));
      expect(on(dxfLayers.sewLine, 'POLYLINE')).toHaveLength(1);
      expect(on(dxfLayers.notch, 'POINT')).toHaveLength(piece.notches.length);
      expect(on(dxfLayers.grain, 'LINE')).toHaveLength(1);
      expect(on(dxfLayers.internal, 'POLYLINE')).toHaveLength(piece.internals.length);
      expect(on(dxfLayers.turnPoint, 'POINT')).toHaveLength(piece.edges.length);
    }
  });
  it('says name, size and how many are cut as drawn and mirrored, in ASCII', () => {
    const texts = Object.values(blocks).flatMap(({ entities }) =>
      entities.flatMap(({ type, text }) => (type === 'TEXT' && text ? [text] : [])),
    );
    expect(texts).toContain('Piece Name: FRONT');
    expect(texts).toContain('Quantity: 1,1');
    expect(texts).toContain('Size: 175/96A');
    expect(texts).toContain('Style: YF ??');
  });
});

describe('as SVG', () => {
  const svg = patternSvg(shirt, { label: '175/96A <G-1>' });
  it('is to scale: a user unit is a millimetre', () => {
    const [, width, height, boxWidth, boxHeight] = /width="([\d.]+)mm" height="([\d.]+)mm" viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
    expect([boxWidth, boxHeight]).toEqual([width, height]);
  });
  it('draws the cut line of every piece within the sheet', () => {
    expect(svg.match(/class="cut"/g)).toHaveLength(shirt.pieces.length);
    expect(svg).toContain('175/96A &lt;G-1&gt;');
    const height = Number(/viewBox="0 0 [\d.]+ ([\d.]+)"/.exec(svg)?.[1]);
    expect(height).toBeGreaterThan(Math.max(...shirt.pieces.map(({ size }) => size.height)));
  });
});

describe('as a picture of the console', () => {
  it('is a drawing the contract accepts', () => {
    expect(drawingSchema.parse(patternDrawing(trousers))).toEqual(patternDrawing(trousers));
  });
});
