import type { Drawing } from '@yunfab/core/verticals';
import { encodeQR } from 'qr';

/** What the code of a booth says; a device that reads it takes leads under this token, with or without a network. */
export const boothText = (token: string): string => `yunfab:lead/${token}`;

/** mm of one module, with the quiet zone of four modules that ISO/IEC 18004 asks for. */
const moduleSize = 2;
const quietZone = 4;
/** mm by which a row reaches into the next, so that no light line shows between them. */
const overlap = 0.1;

/** The QR code of a booth to scale, dark modules joined along each row. */
export function drawBoothCode(token: string, label: string): Drawing {
  const modules = encodeQR(boothText(token), 'raw', { ecc: 'medium', border: quietZone });
  const side = modules.length * moduleSize;
  const shapes: Drawing['shapes'] = modules.flatMap((row, y) =>
    runs(row).map(({ from, to }) => ({
      kind: 'polyline' as const,
      points: [
        [from * moduleSize, y * moduleSize],
        [to * moduleSize, y * moduleSize],
        [to * moduleSize, (y + 1) * moduleSize + overlap],
        [from * moduleSize, (y + 1) * moduleSize + overlap],
      ] as [number, number][],
      closed: true,
      fill: 'print' as const,
    })),
  );
  shapes.unshift({
    kind: 'polyline',
    points: [
      [0, 0],
      [side, 0],
      [side, side],
      [0, side],
    ],
    closed: true,
    fill: 'paper',
  });
  shapes.push({ kind: 'text', at: [quietZone * moduleSize, side + 5], text: label, size: 4, tone: 'muted' });
  return { unit: 'mm', box: { x: 0, y: 0, width: side, height: side + 8 }, shapes };
}

function runs(row: readonly boolean[]): { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = [];
  row.forEach((dark, x) => {
    const last = found.at(-1);
    if (!dark) return;
    if (last?.to === x) last.to = x + 1;
    else found.push({ from: x, to: x + 1 });
  });
  return found;
}
