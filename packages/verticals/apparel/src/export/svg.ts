import { boxOf, type Pattern, type PatternPiece, type Point } from '../pattern/index.js';

export interface SheetLabel {
  /** One line for every piece: order, garment, wearer's size; no name. */
  readonly label: string;
}

const gap = 20;

/** Pieces side by side, each with its offset on the sheet, mm; a new row begins where the sheet is full. */
export function layOut(
  pieces: readonly PatternPiece[],
  sheetWidth = 1600,
): {
  readonly placed: readonly { readonly piece: PatternPiece; readonly dx: number; readonly dy: number }[];
  readonly width: number;
  readonly height: number;
} {
  let x = gap;
  let y = gap;
  let row = 0;
  let width = 0;
  const placed = pieces.map((piece) => {
    const box = boxOf(piece.cutLine);
    if (x > gap && x + box.width + gap > sheetWidth) {
      x = gap;
      y += row + gap;
      row = 0;
    }
    const at = { piece, dx: x - box.x, dy: y - box.y };
    x += box.width + gap;
    row = Math.max(row, box.height);
    width = Math.max(width, x);
    return at;
  });
  return { placed, width, height: y + row + gap };
}

/** The pattern as an SVG 1.1 drawing to scale: the user unit is the millimetre. Cut line, sew line, grain, notches, words. */
export function patternSvg({ pieces }: Pattern, { label }: SheetLabel): string {
  const { placed, width, height } = layOut(pieces);
  const w = round(width);
  const h = round(height);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}mm" height="${h}mm" viewBox="0 0 ${w} ${h}" fill="none" stroke="#000" stroke-width="0.5">`,
    ...placed.map(({ piece, dx, dy }) => pieceSvg(piece, label, dx, dy)),
    '</svg>',
    '',
  ].join('\n');
}

function pieceSvg(piece: PatternPiece, label: string, dx: number, dy: number): string {
  const [top, bottom] = piece.grain;
  const path = (points: readonly Point[], closed: boolean) =>
    `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}${closed ? 'Z' : ''}`;
  const { x, y } = middleOf(piece);
  return [
    `<g id="${escape(piece.id)}" transform="translate(${round(dx)} ${round(dy)})">`,
    `<path class="cut" d="${path(piece.cutLine, true)}"/>`,
    `<path class="sew" d="${path(piece.sewLine, true)}" stroke="#777" stroke-dasharray="4 2"/>`,
    ...piece.internals.map(
      ({ points, words }) =>
        `<path class="internal" d="${path(points, false)}" stroke="#777"><title>${escape(words.en)} ${escape(words.zh)}</title></path>`,
    ),
    `<path class="grain" d="${path([top, bottom], false)}"/>`,
    ...piece.notches.map(
      ({ onSewLine, onCutLine, id }) =>
        `<path class="notch" d="${path([onSewLine, onCutLine], false)}"><title>${escape(id)}</title></path>`,
    ),
    ...captionOf(piece, label).map(
      (line, i) =>
        `<text x="${round(x)}" y="${round(y + i * 11)}" font-size="9" text-anchor="middle" fill="#000" stroke="none">${escape(line)}</text>`,
    ),
    '</g>',
  ].join('\n');
}

/** What stands on a piece: its names, how often it is cut, whose it is. */
export function captionOf({ words, quantity, paired }: PatternPiece, label: string): string[] {
  return [`${words.zh} ${words.en}`, `× ${quantity}${paired ? ' L/R' : ''}`, label];
}

function middleOf(piece: PatternPiece): { readonly x: number; readonly y: number } {
  const box = boxOf(piece.sewLine);
  return { x: box.x + box.width / 2, y: box.y + box.height * 0.45 };
}

const round = (value: number): number => Number(value.toFixed(2));

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
