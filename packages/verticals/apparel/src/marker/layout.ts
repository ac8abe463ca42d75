import type { MarkerProblem } from './marker.js';
import type { PenetrationField } from './penetration-field.js';
import { Shapes } from './shapes.js';

/** Where every copy lies at one moment; a copy has a shape (a way to lie) and a reference point. */
export interface Snapshot {
  readonly length: number;
  readonly shape: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** All copies on a strip, overlapping or not, with what each pair overlaps and how heavy that is held to be. */
export class Layout {
  readonly shapes: Shapes;
  readonly width: number;
  /** Of each copy its piece. */
  readonly piece: Int32Array;
  readonly count: number;
  length = 0;
  readonly shape: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly bottom: Float64Array;
  readonly top: Float64Array;
  /** Symmetric matrices, row by row. */
  readonly loss: Float64Array;
  readonly weight: Float64Array;
  readonly lossOf: Float64Array;
  readonly field: (PenetrationField | undefined)[];
  readonly sign: Int8Array;
  /** What a depth counts, by the sizes of the two pieces. */
  readonly scale: Float64Array;
  readonly boxes: Float64Array;

  constructor(problem: MarkerProblem) {
    this.shapes = new Shapes(problem);
    this.width = problem.width;
    this.piece = Int32Array.from(problem.pieces.flatMap(({ quantity }, index) => Array.from({ length: quantity }, () => index)));
    const count = this.piece.length;
    this.count = count;
    this.shape = Int32Array.from(this.piece, (piece) => this.shapes.ofPiece[piece]![0]!);
    [this.x, this.y, this.left, this.right, this.bottom, this.top, this.lossOf] = Array.from(
      { length: 7 },
      () => new Float64Array(count),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
    this.loss = new Float64Array(count * count);
    this.weight = new Float64Array(count * count).fill(1);
    const kinds = this.shapes.all;
    this.field = Array.from({ length: kinds.length ** 2 }, () => undefined);
    this.sign = new Int8Array(kinds.length ** 2);
    this.scale = Float64Array.from(kinds.flatMap((one) => kinds.map((other) => (one.area * other.area) ** 0.25)));
    this.boxes = Float64Array.from(kinds.flatMap(({ left, bottom, right, top }) => [left, bottom, right, top]));
  }

  place(copy: number, shape: number, x: number, y: number): void {
    const { apart } = this.shapes;
    this.shape[copy] = shape;
    this.x[copy] = x;
    this.y[copy] = y;
    this.left[copy] = x + this.boxes[shape * 4]! - apart;
    this.bottom[copy] = y + this.boxes[shape * 4 + 1]! - apart;
    this.right[copy] = x + this.boxes[shape * 4 + 2]! + apart;
    this.top[copy] = y + this.boxes[shape * 4 + 3]! + apart;
  }

  /** How deep the copy would lie in another, were it there; not weighed. */
  depth(other: number, shape: number, x: number, y: number): number {
    const pair = this.shape[other]! * this.shapes.all.length + shape;
    const field = this.field[pair] ?? this.makeField(pair);
    return this.sign[pair] === 1
      ? field.depth(x - this.x[other]!, y - this.y[other]!)
      : field.depth(this.x[other]! - x, this.y[other]! - y);
  }

  fieldOf(pair: number): PenetrationField {
    return this.field[pair] ?? this.makeField(pair);
  }

  private makeField(pair: number): PenetrationField {
    const kinds = this.shapes.all.length;
    const { field, sign } = this.shapes.between(Math.floor(pair / kinds), pair % kinds);
    this.field[pair] = field;
    this.sign[pair] = sign;
    return field;
  }

  /** Looks again at what the copy overlaps. */
  measure(copy: number): void {
    const { count } = this;
    const shape = this.shape[copy]!;
    const [x, y] = [this.x[copy]!, this.y[copy]!];
    const [left, bottom, right, top] = [
      x + this.boxes[shape * 4]!,
      y + this.boxes[shape * 4 + 1]!,
      x + this.boxes[shape * 4 + 2]!,
      y + this.boxes[shape * 4 + 3]!,
    ];
    let sum = 0;
    for (let other = 0; other < count; other++) {
      if (other === copy) continue;
      let loss = 0;
      if (left < this.right[other]! && right > this.left[other]! && bottom < this.top[other]! && top > this.bottom[other]!) {
        loss = this.depth(other, shape, x, y);
        if (loss > 0) loss *= this.scale[this.shape[other]! * this.shapes.all.length + shape]!;
      }
      const at = copy * count + other;
      const before = this.loss[at]!;
      if (before !== loss) {
        this.loss[at] = loss;
        this.loss[other * count + copy] = loss;
        this.lossOf[other] = this.sumOf(other);
      }
      sum += loss;
    }
    this.lossOf[copy] = sum;
  }

  measureAll(): void {
    for (let copy = 0; copy < this.count; copy++) this.measure(copy);
  }

  /** Summed anew: differences would leave a rest where nothing overlaps. */
  private sumOf(copy: number): number {
    let sum = 0;
    for (let other = 0; other < this.count; other++) sum += this.loss[copy * this.count + other]!;
    return sum;
  }

  totalLoss(): number {
    let sum = 0;
    for (let copy = 0; copy < this.count; copy++) sum += this.lossOf[copy]!;
    return sum / 2;
  }

  weightedLossOf(copy: number): number {
    let sum = 0;
    const row = copy * this.count;
    for (let other = 0; other < this.count; other++) {
      const loss = this.loss[row + other]!;
      if (loss > 0) sum += loss * this.weight[row + other]!;
    }
    return sum;
  }

  /** Guided local search: what overlaps weighs more from sweep to sweep, most where it overlaps most; the rest is slowly forgotten. */
  raiseWeights(): void {
    let greatest = 0;
    for (const loss of this.loss) if (loss > greatest) greatest = loss;
    for (let i = 0; i < this.loss.length; i++) {
      const loss = this.loss[i]!;
      const factor = loss === 0 ? 0.95 : 1.2 + 0.8 * (loss / greatest);
      this.weight[i] = Math.max(1, this.weight[i]! * factor);
    }
  }

  /** Copies right of `from` move by the difference, and all lie within the new length. */
  setLength(length: number, from: number): void {
    const { step } = this.shapes;
    const difference = Math.floor((length - this.length) / step) * step;
    this.length = length;
    for (let copy = 0; copy < this.count; copy++) {
      const moved = (this.left[copy]! + this.right[copy]!) / 2 > from ? this.x[copy]! + difference : this.x[copy]!;
      const shape = this.shapeThatFits(copy);
      this.place(copy, shape, this.withinX(shape, moved), this.withinY(shape, this.y[copy]!));
    }
    this.measureAll();
  }

  /** Whether the shape is no longer than the strip. */
  fits(shape: number): boolean {
    return this.extent(shape) + 4 * this.shapes.edge <= this.length;
  }

  /** No strip can be shorter: by the longest piece laid its shortest way, and by area. */
  leastLength(): number {
    const { all, ofPiece } = this.shapes;
    const longest = ofPiece.map((shapes) => Math.min(...shapes.map((shape) => this.extent(shape))));
    const area = this.piece.reduce((sum, piece) => sum + all[ofPiece[piece]![0]!]!.area, 0);
    return Math.max(area / this.width, ...longest.map((extent) => extent + 4 * this.shapes.edge));
  }

  private extent(shape: number): number {
    return this.boxes[shape * 4 + 2]! - this.boxes[shape * 4]!;
  }

  private shapeThatFits(copy: number): number {
    const now = this.shape[copy]!;
    return this.fits(now) ? now : (this.shapes.ofPiece[this.piece[copy]!]!.find((shape) => this.fits(shape)) ?? now);
  }

  withinX(shape: number, x: number): number {
    return this.within(x, -this.boxes[shape * 4]!, this.length - this.boxes[shape * 4 + 2]!);
  }

  withinY(shape: number, y: number): number {
    return this.within(y, -this.boxes[shape * 4 + 1]!, this.width - this.boxes[shape * 4 + 3]!);
  }

  /** The nearest multiple of the step between the two; the low end itself when there is none. */
  private within(value: number, low: number, high: number): number {
    const { step, edge } = this.shapes;
    const lowest = Math.ceil((low + edge) / step) * step;
    const highest = Math.floor((high - edge) / step) * step;
    if (lowest > highest) return low;
    const rounded = Math.round(value / step) * step;
    return rounded < lowest ? lowest : rounded > highest ? highest : rounded;
  }

  /** How far the last copy reaches, and the room for rounding. */
  reach(): number {
    let most = 0;
    for (let copy = 0; copy < this.count; copy++) most = Math.max(most, this.x[copy]! + this.boxes[this.shape[copy]! * 4 + 2]!);
    return most + this.shapes.edge;
  }

  save(): Snapshot {
    return { length: this.length, shape: this.shape.slice(), x: this.x.slice(), y: this.y.slice() };
  }

  restore({ length, shape, x, y }: Snapshot): void {
    this.length = length;
    for (let copy = 0; copy < this.count; copy++) this.place(copy, shape[copy]!, x[copy]!, y[copy]!);
    this.measureAll();
  }
}
