import { drawingSchema } from '@yunfab/core/verticals';
import { decodeQR } from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { boothText, drawBoothCode } from './code.js';

const token = 'AbCdEfGhIjKlMnOpQrStUv';

/** The drawing as a camera would see it: three pixels for every mm, each shape in its colour. */
function photographed({ box, shapes }: ReturnType<typeof drawBoothCode>) {
  const scale = 3;
  const [width, height] = [Math.round(box.width * scale), Math.round(box.width * scale)];
  const data = new Uint8ClampedArray(width * height * 4).fill(127);
  for (const shape of shapes) {
    if (shape.kind !== 'polyline') continue;
    const [from, to] = [shape.points[0], shape.points[2]] as [[number, number], [number, number]];
    for (let y = from[1] * scale; y < to[1] * scale; y++)
      for (let x = from[0] * scale; x < to[0] * scale; x++)
        data.set(shape.fill === 'paper' ? [255, 255, 255, 255] : [0, 0, 0, 255], (y * width + x) * 4);
  }
  return { width, height, data };
}

describe('the code of a booth', () => {
  it('is a drawing that a camera reads the token from', () => {
    const drawing = drawBoothCode(token, 'A-118');
    expect(drawingSchema.parse(drawing)).toEqual(drawing);
    expect(decodeQR(photographed(drawing))).toBe(boothText(token));
  });
});
