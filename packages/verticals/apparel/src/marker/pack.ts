import { construct } from './construct.js';
import { Layout, type Snapshot } from './layout.js';
import { areaOf, type Marker, type MarkerProblem } from './marker.js';
import { randomNumbers } from './random.js';
import { Separator } from './separator.js';

/** How far a search has come, and when it ends. */
export interface Budget {
  /** From 0 to 1 of what it may take, by the moves made so far; 1 and above ends it. */
  spent(moves: number): number;
}

/** The first part of the budget explores, the rest compresses the best layout found. */
const exploring = 0.8;
const leastShrink = 0.001;
const mostShrink = 0.03;
const finestShrink = 0.00002;

/** Packs until the budget is spent; each better layout is reported as soon as it is found. The problem must be one that {@link checkProblem} passes. */
export function pack(problem: MarkerProblem, seed: number, budget: Budget, onBetter: (marker: Marker) => void): Marker {
  const random = randomNumbers(seed);
  const layout = new Layout(problem);
  const separator = new Separator(layout, random);
  const spent = () => budget.spent(separator.moves);
  let best!: Snapshot;
  let shrink = 0.02;
  const patience = patienceFor(problem);
  const keep = () => {
    layout.length = layout.reach();
    best = layout.save();
    onBetter(markerOf(problem, layout, best));
  };

  construct(layout, random);
  keep();
  const least = layout.leastLength();
  explore();
  compress();
  return markerOf(problem, layout, best);

  function shorter(shrink: number): number {
    return Math.max(least, best.length * (1 - shrink));
  }

  function explore(): void {
    // While every attempt still succeeds there is nothing yet to compress.
    let settled = false;
    const isOver = () => best.length <= least || spent() >= (settled ? exploring : 1);
    let failed: { readonly snapshot: Snapshot; readonly loss: number }[] = [];
    layout.setLength(shorter(shrink), best.length / 2);
    while (!isOver()) {
      const before = separator.moves;
      const coarse = shrink > leastShrink;
      if (separator.separate(coarse ? 40 : patience, coarse || patience < 50 ? 1 : 2, isOver)) {
        keep();
        failed = [];
        if (separator.moves - before < layout.count * 20) shrink = Math.min(mostShrink, shrink * 1.3);
        layout.weight.fill(1);
        layout.setLength(shorter(shrink), best.length / 2);
      } else if (coarse) {
        settled = true;
        shrink = Math.max(leastShrink, shrink / 3);
        layout.restore(best);
        layout.weight.fill(1);
        layout.setLength(shorter(shrink), random() * best.length);
      } else {
        failed.push({ snapshot: layout.save(), loss: layout.totalLoss() });
        failed.sort((one, other) => one.loss - other.loss);
        const pick = Math.min(0.999, Math.abs(normal(random)) * 0.25);
        layout.weight.fill(1);
        layout.restore(failed[Math.floor(pick * failed.length)]!.snapshot);
        disrupt(layout, random);
      }
    }
  }

  function compress(): void {
    const isOver = () => best.length <= least || spent() >= 1;
    while (!isOver()) {
      layout.restore(best);
      layout.weight.fill(1);
      layout.setLength(shorter(shrink), random() * best.length);
      if (separator.separate(40, 2, isOver)) {
        keep();
        shrink = Math.min(mostShrink, shrink * 1.5);
      } else shrink = Math.max(finestShrink, shrink * 0.6);
    }
  }
}

/**
 * Idle sweeps before an attempt is given up: where a sweep costs little, more of them may find what a new start would not. Chosen by a few
 * runs with one seed on the four benchmark instances (jakobs1 100, trousers 50, shirts and swim 30), whose results differ as much by chance.
 */
function patienceFor({ pieces }: MarkerProblem): number {
  const corners = pieces.reduce((sum, { outline, quantity }) => sum + outline.length * quantity, 0);
  return Math.min(100, Math.max(30, Math.round(20_000 / corners)));
}

/** Two large copies change places, and what lay under one of them goes where it came from. */
function disrupt(layout: Layout, random: () => number): void {
  const areaAt = (copy: number) => layout.shapes.all[layout.shape[copy]!]!.area;
  const bySize = Array.from({ length: layout.count }, (_, copy) => copy).sort((one, other) => areaAt(other) - areaAt(one));
  const total = bySize.reduce((sum, copy) => sum + areaAt(copy), 0);
  let sum = 0;
  const large = bySize.filter((copy, i) => {
    const before = sum;
    sum += areaAt(copy);
    return i < 2 || before < total * 0.75;
  });
  const pick = (from: readonly number[]) => from[Math.floor(random() * from.length)]!;
  const one = pick(large);
  const unlike = large.filter((copy) => layout.piece[copy] !== layout.piece[one]);
  const other = unlike.length > 0 ? pick(unlike) : pick(bySize.filter((copy) => copy !== one));
  if (other === undefined) return;
  const middle = (copy: number) =>
    [(layout.left[copy]! + layout.right[copy]!) / 2, (layout.bottom[copy]! + layout.top[copy]!) / 2] as const;
  const [a, b] = [middle(one), middle(other)];
  moveBy(layout, one, b[0] - a[0], b[1] - a[1]);
  moveBy(layout, other, a[0] - b[0], a[1] - b[1]);
  for (const [moved, dx, dy] of [
    [one, a[0] - b[0], a[1] - b[1]],
    [other, b[0] - a[0], b[1] - a[1]],
  ] as const) {
    for (let copy = 0; copy < layout.count; copy++) {
      if (copy === one || copy === other) continue;
      const [x, y] = middle(copy);
      if (
        areaAt(copy) < areaAt(moved) &&
        x > layout.left[moved]! &&
        x < layout.right[moved]! &&
        y > layout.bottom[moved]! &&
        y < layout.top[moved]!
      )
        moveBy(layout, copy, dx, dy);
    }
  }
  layout.measureAll();
}

function moveBy(layout: Layout, copy: number, dx: number, dy: number): void {
  const shape = layout.shape[copy]!;
  layout.place(copy, shape, layout.withinX(shape, layout.x[copy]! + dx), layout.withinY(shape, layout.y[copy]! + dy));
}

function markerOf({ width, pieces }: MarkerProblem, { shapes, piece }: Layout, { shape, x, y, length }: Snapshot): Marker {
  const copies = pieces.map(() => 0);
  const area = pieces.reduce((sum, { outline, quantity }) => sum + areaOf(outline) * quantity, 0);
  return {
    width,
    length,
    density: area / (width * length),
    placements: Array.from(shape, (index, i) => {
      const { rotation, flipped } = shapes.all[index]!;
      const number = piece[i]!;
      return { piece: pieces[number]!.id, copy: copies[number]!++, rotation, flipped, x: x[i]!, y: y[i]! };
    }),
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
