import type { Drawing, DrawingShape, Tone } from '@yunfab/core/verticals';
import { laidOutline, type Marker, type MarkerProblem } from './marker.js';

const tones: readonly Tone[] = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6'];

/** The marker as a picture of the console, mm, along the fabric from left to right; copies of one piece have one tone. */
export function markerDrawing({ pieces }: MarkerProblem, { width, length, placements }: Marker): Drawing {
  const byId = new Map(pieces.map((piece, i) => [piece.id, { outline: piece.outline, tone: tones[i % tones.length] as Tone }]));
  const strip: DrawingShape = {
    kind: 'polyline',
    points: [
      [0, 0],
      [round(length), 0],
      [round(length), round(width)],
      [0, round(width)],
    ],
    closed: true,
    stroke: 'ink',
  };
  const laid = placements.flatMap((placement): DrawingShape[] => {
    const piece = byId.get(placement.piece);
    if (!piece) return [];
    const turn = `${placement.rotation}°`;
    return [
      {
        kind: 'polyline',
        points: laidOutline(piece.outline, placement).map(([x, y]): [number, number] => [round(x), round(y)]),
        closed: true,
        fill: piece.tone,
        stroke: 'ink',
        words: {
          en: `${placement.piece}, copy ${placement.copy + 1}, ${turn}${placement.flipped ? ', flipped' : ''}`,
          zh: `${placement.piece}，第 ${placement.copy + 1} 份，${turn}${placement.flipped ? '，翻面' : ''}`,
        },
      },
    ];
  });
  return { unit: 'mm', box: { x: 0, y: 0, width: round(length), height: round(width) }, shapes: [strip, ...laid] };
}

const round = (value: number): number => Number(value.toFixed(2));
