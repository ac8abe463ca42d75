import { toSVG } from 'bwip-js/node';

/** One module (X-dimension) on paper, in millimetres. */
const moduleMm = 0.495;
const pointsPerMm = 72 / 25.4;

export interface Barcode {
  readonly svg: string;
  /** What people read below it. */
  readonly text: string;
  /** In points, quiet zones included. */
  readonly width: number;
}

/** GS1-128 with Application Identifier 00; throws for a number that is no SSCC (18 digits, the last its check digit). */
export const ssccBarcode = (sscc: string): Barcode => draw('gs1-128', `(00)${sscc}`);

/** Code 128 of a number that is none of GS1's; printable ASCII. */
export const numberBarcode = (text: string): Barcode => draw('code128', text);

function draw(bcid: string, text: string): Barcode {
  // Quiet zones of ten modules (GS1 General Specifications 5.4.4.2), inside the picture so that no layout cuts them off.
  const svg = toSVG({ bcid, text, scale: 1, height: 8, includetext: false, paddingwidth: 10 });
  const [, modules] = /^<svg viewBox="0 0 (\d+) /.exec(svg) ?? [];
  if (modules === undefined) throw new Error(`bwip-js drew ${text} without a viewBox in whole modules`);
  return { svg, text, width: Number(modules) * moduleMm * pointsPerMm };
}
