import type { Layout } from './layout.js';

/** Most heights tried for one way a copy may lie. */
const mostHeights = 48;

/** A first layout without overlap: large pieces first, each as far to the left as it goes, holes between others included. */
export function construct(layout: Layout, random: () => number): void {
  const { shapes } = layout;
  const sizeOf = (copy: number) => shapes.all[layout.shape[copy]!]!.area;
  const order = Array.from({ length: layout.count }, (_, copy) => copy).sort((one, other) => sizeOf(other) - sizeOf(one) || one - other);
  const placed: number[] = [];
  let length = 0;
  for (const copy of order) {
    let best = { end: Infinity, shape: 0, x: 0, y: 0 };
    for (const shape of shapes.ofPiece[layout.piece[copy]!]!) {
      for (const y of heightsFor(layout, shape, placed, random)) {
        const x = leftmost(layout, shape, y, placed, best.end);
        const end = x + layout.boxes[shape * 4 + 2]!;
        if (end < best.end) best = { end, shape, x, y };
      }
    }
    layout.place(copy, best.shape, best.x, best.y);
    placed.push(copy);
    length = Math.max(length, best.end);
  }
  layout.length = length;
  layout.measureAll();
}

function heightsFor(layout: Layout, shape: number, placed: readonly number[], random: () => number): number[] {
  const low = layout.withinY(shape, -Infinity);
  const high = layout.withinY(shape, Infinity);
  const heights = new Set([low, high]);
  const touching = new Set<number>();
  for (const other of placed) {
    const pair = layout.shape[other]! * layout.shapes.all.length + shape;
    const field = layout.fieldOf(pair);
    for (const edge of layout.sign[pair] === 1 ? [field.bottom, field.top] : [-field.top, -field.bottom]) {
      const y = layout.withinY(shape, layout.y[other]! + edge);
      if (y > low && y < high) touching.add(y);
    }
  }
  const list = [...touching];
  while (heights.size < mostHeights / 2 && list.length > 0) {
    const at = Math.floor(random() * list.length);
    heights.add(list[at]!);
    list.splice(at, 1);
  }
  for (let i = 1; heights.size < mostHeights && i < mostHeights / 2; i++)
    heights.add(layout.withinY(shape, low + ((high - low) * i * 2) / mostHeights));
  return [...heights];
}

/** The least x at this height where the shape overlaps none of the placed; Infinity when it would end after `end`. */
function leftmost(layout: Layout, shape: number, y: number, placed: readonly number[], end: number): number {
  const { step, edge } = layout.shapes;
  const first = Math.ceil((edge - layout.boxes[shape * 4]!) / step) * step;
  const last = end - layout.boxes[shape * 4 + 2]!;
  const forbidden: number[] = [];
  for (const other of placed) forbid(layout, shape, y, other, first, last, forbidden);
  let x = first;
  for (let moved = true; moved; ) {
    moved = false;
    for (let i = 0; i < forbidden.length; i += 2) {
      if (forbidden[i]! >= x || forbidden[i + 1]! <= x) continue;
      x = Math.ceil(forbidden[i + 1]! / step) * step;
      moved = true;
    }
    if (x >= last) return Infinity;
  }
  // A rounded division may fall short of the boundary by less than a step.
  while (overlaps(layout, shape, x, y, placed)) x += step;
  return x;
}

/** Adds from where to where the shape at this height would overlap the other, as far as that lies between `first` and `last`. */
function forbid(layout: Layout, shape: number, y: number, other: number, first: number, last: number, forbidden: number[]): void {
  const pair = layout.shape[other]! * layout.shapes.all.length + shape;
  const field = layout.fieldOf(pair);
  const sign = layout.sign[pair]!;
  const height = sign * (y - layout.y[other]!);
  if (height <= field.bottom || height >= field.top) return;
  const at = layout.x[other]!;
  const reach = sign === 1 ? field.right : -field.left;
  const start = sign === 1 ? field.left : -field.right;
  if (at + reach <= first || at + start >= last) return;
  const { partStart, planes } = field;
  for (let part = 0; part + 1 < partStart.length; part++) {
    let [from, to] = [-Infinity, Infinity];
    const stop = partStart[part + 1]!;
    for (let i = partStart[part]!; i < stop && from < to; i += 3) {
      const nx = planes[i]!;
      const rest = planes[i + 2]! - planes[i + 1]! * height;
      if (nx > 0) to = Math.min(to, rest / nx);
      else if (nx < 0) from = Math.max(from, rest / nx);
      else if (rest <= 0) to = -Infinity;
    }
    if (from >= to) continue;
    if (sign === 1) forbidden.push(at + from, at + to);
    else forbidden.push(at - to, at - from);
  }
}

const overlaps = (layout: Layout, shape: number, x: number, y: number, placed: readonly number[]): boolean =>
  placed.some((other) => layout.depth(other, shape, x, y) > 0);
