import type { Pattern, PatternPiece, Point } from '../pattern/index.js';

/** Layers of ASTM D6673 (once ANSI/AAMA-292): what a plotter or CAD system of the trade looks for. */
export const dxfLayers = { boundary: 1, turnPoint: 2, curvePoint: 3, notch: 4, grain: 7, internal: 8, sewLine: 14 } as const;

export interface DxfStyle {
  readonly style: string;
  /** A 号型 or the number of the garment that is cut to measure. */
  readonly size: string;
}

/**
 * The pattern as DXF R12 (AC1009) after ASTM D6673: each piece a block with its lines by layer, inserted once; metric, mm, y upward.
 * Texts are ASCII, because readers of R12 guess any other encoding differently.
 */
export function patternDxf({ pieces }: Pattern, { style, size }: DxfStyle): string {
  return groups([
    [0, 'SECTION'],
    [2, 'HEADER'],
    [9, '$ACADVER'],
    [1, 'AC1009'],
    [9, '$MEASUREMENT'],
    [70, 1],
    [0, 'ENDSEC'],
    [0, 'SECTION'],
    [2, 'TABLES'],
    ...layerTable(),
    [0, 'ENDSEC'],
    [0, 'SECTION'],
    [2, 'BLOCKS'],
    ...pieces.flatMap((piece) => block(piece, style, size)),
    [0, 'ENDSEC'],
    [0, 'SECTION'],
    [2, 'ENTITIES'],
    ...['ANSI/AAMA', `Style Name: ${style}`, 'Sample Size: ', 'Units: METRIC'].flatMap((line, i) =>
      text(line, dxfLayers.boundary, [0, -20 - i * 12]),
    ),
    ...pieces.flatMap((piece): Group[] => [
      [0, 'INSERT'],
      [8, dxfLayers.boundary],
      [2, blockName(piece)],
      [10, '0.0'],
      [20, '0.0'],
    ]),
    [0, 'ENDSEC'],
    [0, 'EOF'],
  ]);
}

type Group = readonly [code: number, value: string | number];

const groups = (pairs: readonly Group[]): string => pairs.map(([code, value]) => `${String(code).padStart(3)}\r\n${value}\r\n`).join('');

const blockName = ({ id }: PatternPiece): string => id.toUpperCase();

function layerTable(): Group[] {
  const layers = Object.values(dxfLayers);
  return [
    [0, 'TABLE'],
    [2, 'LAYER'],
    [70, layers.length],
    ...layers.flatMap((layer): Group[] => [
      [0, 'LAYER'],
      [2, layer],
      [70, 0],
      [62, 7],
      [6, 'CONTINUOUS'],
    ]),
    [0, 'ENDTAB'],
  ];
}

function block(piece: PatternPiece, style: string, size: string): Group[] {
  const { cutLine, sewLine, grain, internals, notches, quantity, paired } = piece;
  // A vertex between two edges is a turn point; those between are points of a curve.
  const corners = new Set(piece.edges.map(({ points }) => String(points[0])));
  const [x, y] = grain[0];
  return [
    [0, 'BLOCK'],
    [8, dxfLayers.boundary],
    [2, blockName(piece)],
    [70, 0],
    [10, '0.0'],
    [20, '0.0'],
    ...polyline(cutLine, dxfLayers.boundary, true),
    ...polyline(sewLine, dxfLayers.sewLine, true),
    ...sewLine.flatMap((vertex) => point(vertex, corners.has(String(vertex)) ? dxfLayers.turnPoint : dxfLayers.curvePoint)),
    ...notches.flatMap(({ onCutLine }) => point(onCutLine, dxfLayers.notch)),
    ...line(grain[0], grain[1], dxfLayers.grain),
    ...internals.flatMap(({ points }) => polyline(points, dxfLayers.internal, false)),
    ...[
      `Piece Name: ${blockName(piece)}`,
      `Style: ${style}`,
      `Size: ${size}`,
      // Cut as drawn and cut mirrored.
      `Quantity: ${paired ? `${quantity / 2},${quantity / 2}` : `${quantity},0`}`,
      'Material: SHELL',
    ].flatMap((words, i) => text(words, dxfLayers.boundary, [x + 5, y + 12 + i * 12])),
    [0, 'ENDBLK'],
    [8, dxfLayers.boundary],
  ];
}

const mm = (value: number): string => (Math.round(value * 1000) / 1000).toFixed(3);

const at = ([x, y]: Point): Group[] => [
  [10, mm(x)],
  [20, mm(-y)],
];

function polyline(points: readonly Point[], layer: number, closed: boolean): Group[] {
  return [
    [0, 'POLYLINE'],
    [8, layer],
    [66, 1],
    [70, closed ? 1 : 0],
    ...points.flatMap((vertex): Group[] => [[0, 'VERTEX'], [8, layer], ...at(vertex)]),
    [0, 'SEQEND'],
    [8, layer],
  ];
}

const point = (vertex: Point, layer: number): Group[] => [[0, 'POINT'], [8, layer], ...at(vertex)];

const line = (from: Point, [x, y]: Point, layer: number): Group[] => [[0, 'LINE'], [8, layer], ...at(from), [11, mm(x)], [21, mm(-y)]];

const text = (words: string, layer: number, where: Point): Group[] => [
  [0, 'TEXT'],
  [8, layer],
  ...at(where),
  [40, '8.0'],
  [1, ascii(words)],
];

const ascii = (words: string): string => words.replaceAll(/[^\x20-\x7e]/g, '?');
