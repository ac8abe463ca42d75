import type { Drawing, DrawingShape } from '@yunfab/core/verticals';
import type { Pattern, Point } from '../pattern/index.js';
import { layOut } from './svg.js';

/** The pattern as a picture of the console, mm. */
export function patternDrawing({ pieces }: Pattern): Drawing {
  const { placed, width, height } = layOut(pieces);
  const shapes = placed.flatMap(({ piece, dx, dy }): DrawingShape[] => {
    const moved = (points: readonly Point[]) => points.map(([x, y]): [number, number] => [round(x + dx), round(y + dy)]);
    const [at] = moved([piece.grain[0]]) as [[number, number]];
    return [
      {
        kind: 'polyline',
        points: moved(piece.cutLine),
        closed: true,
        fill: 'muted',
        stroke: 'ink',
        words: {
          en: `${piece.words.en}, cut ${piece.quantity}, ${Math.round(piece.area / 100)} cm²`,
          zh: `${piece.words.zh}，裁 ${piece.quantity} 片，${Math.round(piece.area / 100)} cm²`,
        },
      },
      { kind: 'polyline', points: moved(piece.sewLine), closed: true, stroke: 'accent', dashed: true },
      { kind: 'polyline', points: moved(piece.grain), stroke: 'ink' },
      ...piece.internals.map(({ points, words }): DrawingShape => ({ kind: 'polyline', points: moved(points), stroke: 'series-2', words })),
      ...piece.notches.map(
        ({ onSewLine, onCutLine }): DrawingShape => ({ kind: 'polyline', points: moved([onSewLine, onCutLine]), stroke: 'bad' }),
      ),
      { kind: 'text', at, text: piece.words, size: 22, tone: 'ink' },
    ];
  });
  return { unit: 'mm', box: { x: 0, y: 0, width: round(width), height: round(height) }, shapes };
}

const round = (value: number): number => Number(value.toFixed(1));
