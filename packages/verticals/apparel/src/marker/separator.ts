import type { Layout, Snapshot } from './layout.js';

/** How many places a search tries before it refines the best of them. */
export interface SearchEffort {
  /** Anywhere on the strip. */
  readonly anywhere: number;
  /** Near where the copy lies. */
  readonly near: number;
  /** Touching another copy. */
  readonly touching: number;
  /** So many of the best are refined. */
  readonly refined: number;
}

interface Candidate {
  loss: number;
  shape: number;
  x: number;
  y: number;
}

/**
 * Moves overlapping copies one by one to where they overlap least by weight, until none overlaps: guided local search with sampled
 * places refined by coordinate descent (after Gardeyn, Vanden Berghe and Wauters, arXiv 2509.13329; depth by no-fit polygon instead of poles).
 */
export class Separator {
  /** Searches done: the unit of an iteration budget. */
  moves = 0;
  /** Places judged. */
  places = 0;
  effort: SearchEffort = { anywhere: 8, near: 5, touching: 8, refined: 3 };
  private readonly layout: Layout;
  private readonly random: () => number;
  private readonly near: Int32Array;
  private nearCount = 0;
  private readonly best: Candidate[] = [];

  constructor(layout: Layout, random: () => number) {
    this.layout = layout;
    this.random = random;
    this.near = new Int32Array(layout.count);
  }

  /** True: nothing overlaps any more. Else the layout is the best one found. */
  separate(patience: number, strikes: number, isOver: () => boolean): boolean {
    const { layout } = this;
    // So that a budget in moves ends even when nothing needs to be moved.
    this.moves++;
    let least = layout.totalLoss();
    if (least === 0) return true;
    let best: Snapshot = layout.save();
    for (let strike = 0; strike < strikes; ) {
      const before = least;
      for (let idle = 0; idle < patience; ) {
        this.sweep(isOver);
        const loss = layout.totalLoss();
        if (loss === 0) return true;
        if (loss < least) {
          if (loss < least * 0.98) idle = 0;
          least = loss;
          best = layout.save();
        } else idle++;
        if (isOver()) break;
        layout.raiseWeights();
      }
      strike = least > before * 0.98 ? strike + 1 : 0;
      if (isOver()) break;
      layout.restore(best);
    }
    layout.restore(best);
    return false;
  }

  private sweep(isOver: () => boolean): void {
    const { layout } = this;
    const order: number[] = [];
    for (let copy = 0; copy < layout.count; copy++) if (layout.lossOf[copy]! > 0) order.push(copy);
    for (let i = order.length - 1; i > 0; i--) {
      const k = Math.floor(this.random() * (i + 1));
      [order[i], order[k]] = [order[k]!, order[i]!];
    }
    for (const copy of order) {
      if (!(layout.lossOf[copy]! > 0)) continue;
      if (isOver()) return;
      this.move(copy);
    }
  }

  move(copy: number): void {
    const { layout } = this;
    this.moves++;
    const found = this.search(copy);
    const now = layout.weightedLossOf(copy);
    if (found.loss > now) return;
    layout.place(copy, found.shape, found.x, found.y);
    layout.measure(copy);
  }

  private search(copy: number): Candidate {
    const { layout, effort, random } = this;
    const shapes = layout.shapes.ofPiece[layout.piece[copy]!]!;
    const [x, y, shape] = [layout.x[copy]!, layout.y[copy]!, layout.shape[copy]!];
    const box = shape * 4;
    const [width, height] = [layout.boxes[box + 2]! - layout.boxes[box]!, layout.boxes[box + 3]! - layout.boxes[box + 1]!];
    const small = Math.min(width, height);
    this.best.length = 0;
    this.gatherAll(copy);
    this.report(layout.weightedLossOf(copy), shape, x, y, small);
    for (let i = 0; i < effort.near; i++) {
      this.try(copy, shapes[Math.floor(random() * shapes.length)]!, x + (random() - 0.5) * width, y + (random() - 0.5) * height, small);
    }
    for (let i = 0; i < effort.anywhere; i++) {
      const other = shapes[Math.floor(random() * shapes.length)]!;
      this.try(
        copy,
        other,
        -layout.boxes[other * 4]! + random() * (layout.length - width),
        -layout.boxes[other * 4 + 1]! + random() * (layout.width - layout.boxes[other * 4 + 3]! + layout.boxes[other * 4 + 1]!),
        small,
      );
    }
    for (let i = 0; i < effort.touching; i++) this.tryTouching(copy, shapes[Math.floor(random() * shapes.length)]!, small);
    for (const candidate of this.best.slice(0, effort.refined)) {
      const refined = { ...candidate };
      this.descend(copy, refined, small * 0.25, small * 0.02);
      this.report(refined.loss, refined.shape, refined.x, refined.y, small);
    }
    const found = { ...this.best[0]! };
    this.descend(copy, found, small * 0.01, small * 0.001);
    if (found.loss > 0) this.push(copy, found);
    return found;
  }

  /** Where two boundaries of no-fit polygons have a corner: tight places are there. */
  private tryTouching(copy: number, shape: number, small: number): void {
    const { layout, random } = this;
    const other = Math.floor(random() * layout.count);
    if (other === copy) return;
    const pair = layout.shape[other]! * layout.shapes.all.length + shape;
    const { contacts } = layout.fieldOf(pair);
    const at = Math.floor(random() * (contacts.length / 2)) * 2;
    const sign = layout.sign[pair]!;
    this.try(copy, shape, layout.x[other]! + sign * contacts[at]!, layout.y[other]! + sign * contacts[at + 1]!, small);
  }

  private try(copy: number, shape: number, x: number, y: number, small: number): void {
    const { layout, effort } = this;
    if (!layout.fits(shape)) return;
    const [inX, inY] = [layout.withinX(shape, x), layout.withinY(shape, y)];
    const bound = this.best.length < effort.refined ? Infinity : this.best.at(-1)!.loss;
    const loss = this.judge(copy, shape, inX, inY, bound);
    if (loss < bound) this.report(loss, shape, inX, inY, small);
  }

  /** Keeps the best few, no two of them nearly the same place. */
  private report(loss: number, shape: number, x: number, y: number, small: number): void {
    const { best, effort } = this;
    const close = small * 0.05;
    const like = best.findIndex((each) => each.shape === shape && Math.abs(each.x - x) < close && Math.abs(each.y - y) < close);
    if (like >= 0) {
      if (best[like]!.loss <= loss) return;
      best.splice(like, 1);
    }
    let at = best.length;
    while (at > 0 && best[at - 1]!.loss > loss) at--;
    best.splice(at, 0, { loss, shape, x, y });
    if (best.length > effort.refined) best.pop();
  }

  /** Coordinate descent along the axes and diagonals: a step grows by a tenth when it helps and halves when not. */
  private descend(copy: number, at: Candidate, firstStep: number, lastStep: number): void {
    const { layout, random } = this;
    let [stepX, stepY] = [firstStep, firstStep];
    const slack = firstStep * 4;
    let [middleX, middleY] = [at.x, at.y];
    this.gather(copy, at.shape, middleX, middleY, slack);
    let axis = Math.floor(random() * 4);
    while ((stepX >= lastStep || stepY >= lastStep) && at.loss > 0) {
      const dx = axis === 1 ? 0 : axis === 3 ? -stepX : stepX;
      const dy = axis === 0 ? 0 : stepY;
      if (Math.abs(at.x - middleX) + stepX > slack || Math.abs(at.y - middleY) + stepY > slack) {
        [middleX, middleY] = [at.x, at.y];
        this.gather(copy, at.shape, middleX, middleY, slack);
      }
      const { x, y } = at;
      let better = false;
      for (const side of [1, -1]) {
        const toX = layout.withinX(at.shape, x + side * dx);
        const toY = layout.withinY(at.shape, y + side * dy);
        const loss = this.judge(copy, at.shape, toX, toY, at.loss);
        if (loss > at.loss) continue;
        if (loss < at.loss) better = true;
        at.loss = loss;
        at.x = toX;
        at.y = toY;
      }
      const factor = better ? 1.1 : 0.5;
      if (axis === 0) stepX *= factor;
      else if (axis === 1) stepY *= factor;
      else {
        stepX *= Math.sqrt(factor);
        stepY *= Math.sqrt(factor);
      }
      if (!better) axis = Math.floor(random() * 4);
    }
    this.gatherAll(copy);
  }

  /** Out of what is overlapped most, by the shortest way, as long as that helps: ends in exact contact where a step would not. */
  private push(copy: number, at: Candidate): void {
    const { layout } = this;
    const kinds = layout.shapes.all.length;
    for (let turn = 0; turn < 4 && at.loss > 0; turn++) {
      let [worst, toX, toY] = [0, at.x, at.y];
      for (let i = 0; i < this.nearCount; i++) {
        const other = this.near[i]!;
        const depth = layout.depth(other, at.shape, at.x, at.y);
        const heavy = depth * layout.weight[copy * layout.count + other]!;
        if (heavy <= worst) continue;
        worst = heavy;
        const pair = layout.shape[other]! * kinds + at.shape;
        const field = layout.fieldOf(pair);
        const sign = layout.sign[pair]!;
        const [exitX, exitY] = [layout.x[other]! + sign * field.exitX, layout.y[other]! + sign * field.exitY];
        // One step beyond, for the rounding to the grid.
        const beyond = (layout.shapes.step * 1.5) / Math.max(depth, layout.shapes.step);
        toX = exitX + (exitX - at.x) * beyond;
        toY = exitY + (exitY - at.y) * beyond;
      }
      const [inX, inY] = [layout.withinX(at.shape, toX), layout.withinY(at.shape, toY)];
      const loss = this.judge(copy, at.shape, inX, inY, at.loss);
      if (loss >= at.loss) return;
      at.loss = loss;
      at.x = inX;
      at.y = inY;
    }
  }

  private gatherAll(copy: number): void {
    this.nearCount = 0;
    for (let other = 0; other < this.layout.count; other++) if (other !== copy) this.near[this.nearCount++] = other;
  }

  private gather(copy: number, shape: number, x: number, y: number, slack: number): void {
    const { layout, near } = this;
    const box = shape * 4;
    const left = x + layout.boxes[box]! - slack;
    const bottom = y + layout.boxes[box + 1]! - slack;
    const right = x + layout.boxes[box + 2]! + slack;
    const top = y + layout.boxes[box + 3]! + slack;
    this.nearCount = 0;
    for (let other = 0; other < layout.count; other++) {
      if (other === copy) continue;
      if (left < layout.right[other]! && right > layout.left[other]! && bottom < layout.top[other]! && top > layout.bottom[other]!)
        near[this.nearCount++] = other;
    }
  }

  /** The weighed overlap of the copy with the gathered ones, were it there; above `bound` it is not finished. */
  private judge(copy: number, shape: number, x: number, y: number, bound: number): number {
    this.places++;
    const { layout, near, nearCount } = this;
    const { left: lefts, right: rights, bottom: bottoms, top: tops, boxes, weight, scale } = layout;
    const box = shape * 4;
    const left = x + boxes[box]!;
    const bottom = y + boxes[box + 1]!;
    const right = x + boxes[box + 2]!;
    const top = y + boxes[box + 3]!;
    const row = copy * layout.count;
    const kinds = layout.shapes.all.length;
    let sum = 0;
    for (let i = 0; i < nearCount; i++) {
      const other = near[i]!;
      if (left >= rights[other]! || right <= lefts[other]! || bottom >= tops[other]! || top <= bottoms[other]!) continue;
      const depth = layout.depth(other, shape, x, y);
      if (depth === 0) continue;
      sum += depth * scale[layout.shape[other]! * kinds + shape]! * weight[row + other]!;
      if (sum > bound) return sum;
    }
    return sum;
  }
}
