/** A cantilever: clamped at s = 0, free at s = `length` (m). */
export interface Beam {
  readonly length: number;
  /** N·m² at s; may jump at `edges`. */
  readonly stiffness: (s: number) => number;
  /** N/m of its own weight at s. None: the beam weighs nothing. */
  readonly weight?: ((s: number) => number) | undefined;
  /** m, ascending, inside the beam: no step of the integration reaches over one. */
  readonly edges?: readonly number[];
  /** Degrees by which the butt points above the horizontal. Common Cents and the bench: 0. */
  readonly buttAngle?: number;
}

/** A bent beam. x is horizontal, y downward, both in m from the clamp; angles in degrees below the horizontal. */
export interface BentBeam {
  /** N at the tip. */
  readonly load: number;
  /** m by which the tip hangs below the clamp. */
  readonly drop: number;
  /** m from the clamp to the tip, horizontally. */
  readonly reach: number;
  readonly tipAngle: number;
  readonly s: Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly angle: Float64Array;
  /** N·m */
  readonly moment: Float64Array;
}

/** What the solver keeps of a beam, so that it can be bent by many loads. */
export interface PreparedBeam {
  bend(load: number): BentBeam;
  /** The same beam with its stiffness at s multiplied. */
  stiffened(factor: (s: number) => number): PreparedBeam;
  readonly length: number;
}

/** Leaves an error of some 10⁻⁷ of the length. */
const stepsPerBeam = 120;
const degrees = 180 / Math.PI;

/**
 * Bends a beam by a load at its tip that stays vertical: dM/ds = −(P + W)·cos ψ, dψ/ds = M/EI, ψ the angle below the
 * horizontal, W the weight beyond s; for a uniform beam without weight this is EI·θ″ = −P·cos θ. Nothing is assumed
 * small. Integrated from the tip, where M = 0, by Runge and Kutta's fourth order, the tip's angle sought until the beam
 * leaves its clamp in the clamp's direction; of several equilibria the one bent furthest without turning back.
 */
export function prepareBeam({ length, stiffness, weight, edges = [], buttAngle = 0 }: Beam, steps = stepsPerBeam): PreparedBeam {
  const nodes = grid(length, edges, steps);
  const count = nodes.length - 1;
  const flexibility = new Float64Array(3 * count);
  const beyond = new Float64Array(3 * count);
  let carried = 0;
  for (let i = count - 1; i >= 0; i--) {
    const places = placesOf(nodes, i);
    const step = (nodes[i + 1] as number) - (nodes[i] as number);
    places.forEach((s, k) => {
      flexibility[3 * i + k] = 1 / stiffness(s);
    });
    const [a, b, c] = places.map((s) => weight?.(s) ?? 0) as [number, number, number];
    beyond[3 * i + 2] = carried;
    beyond[3 * i + 1] = carried + (step / 24) * (-a + 8 * b + 5 * c);
    carried += (step / 6) * (a + 4 * b + c);
    beyond[3 * i] = carried;
  }
  return solverOf({ length, nodes, flexibility, beyond, carried, clampAngle: -buttAngle / degrees });
}

/** A beam at beginning, middle and end of each step, seen from within it: a jump stands between two steps. */
interface SampledBeam {
  readonly length: number;
  readonly nodes: readonly number[];
  /** 1/EI */
  readonly flexibility: Float64Array;
  /** N of weight beyond. */
  readonly beyond: Float64Array;
  /** N of the whole beam. */
  readonly carried: number;
  /** rad below the horizontal. */
  readonly clampAngle: number;
}

function placesOf(nodes: readonly number[], i: number): [number, number, number] {
  const from = nodes[i] as number;
  const step = (nodes[i + 1] as number) - from;
  const inset = step * 1e-9;
  return [from + inset, from + step / 2, from + step - inset];
}

function solverOf(beam: SampledBeam): PreparedBeam {
  const { length, nodes, flexibility, beyond, carried, clampAngle } = beam;
  const count = nodes.length - 1;
  let leverage = 0;
  for (let i = 0; i < count; i++) {
    const step = (nodes[i + 1] as number) - (nodes[i] as number);
    leverage += step * (flexibility[3 * i + 1] as number) * (length - (nodes[i] as number) - step / 2);
  }

  /** The angle at the clamp, when the tip stands at `tip` (rad below the horizontal); fills `trace` when given. */
  function shoot(
    load: number,
    tip: number,
    trace?: { angle: Float64Array; moment: Float64Array; x: Float64Array; y: Float64Array },
  ): number {
    let angle = tip;
    let moment = 0;
    let x = 0;
    let y = 0;
    if (trace) trace.angle[count] = tip;
    for (let i = count - 1; i >= 0; i--) {
      const h = (nodes[i + 1] as number) - (nodes[i] as number);
      const f0 = flexibility[3 * i + 2] as number;
      const f1 = flexibility[3 * i + 1] as number;
      const f2 = flexibility[3 * i] as number;
      const p0 = load + (beyond[3 * i + 2] as number);
      const p1 = load + (beyond[3 * i + 1] as number);
      const p2 = load + (beyond[3 * i] as number);
      const c1 = Math.cos(angle);
      const a1 = moment * f0;
      const m1 = p0 * c1;
      const angle2 = angle - (h / 2) * a1;
      const c2 = Math.cos(angle2);
      const a2 = (moment + (h / 2) * m1) * f1;
      const m2 = p1 * c2;
      const angle3 = angle - (h / 2) * a2;
      const c3 = Math.cos(angle3);
      const a3 = (moment + (h / 2) * m2) * f1;
      const m3 = p1 * c3;
      const angle4 = angle - h * a3;
      const c4 = Math.cos(angle4);
      const a4 = (moment + h * m3) * f2;
      const m4 = p2 * c4;
      if (trace) {
        x -= (h / 6) * (c1 + 2 * c2 + 2 * c3 + c4);
        y -= (h / 6) * (Math.sin(angle) + 2 * Math.sin(angle2) + 2 * Math.sin(angle3) + Math.sin(angle4));
      }
      angle -= (h / 6) * (a1 + 2 * a2 + 2 * a3 + a4);
      moment += (h / 6) * (m1 + 2 * m2 + 2 * m3 + m4);
      if (trace) {
        trace.angle[i] = angle;
        trace.moment[i] = moment;
        trace.x[i] = x;
        trace.y[i] = y;
      }
    }
    return angle;
  }

  function tipAngleUnder(load: number): number {
    if (load === 0 && carried === 0) return clampAngle;
    const hanging = Math.PI / 2;
    const miss = (tip: number) => shoot(load, tip) - clampAngle;
    // A load that could not turn the tip by a right angle even at its longest lever has one equilibrium only.
    if ((load + carried) * leverage < hanging) return zeroOf(miss, clampAngle, hanging, 1e-12);
    // From hanging straight down upward: the first crossing is the equilibrium that a rod bends into.
    let high = hanging;
    let low = hanging;
    const span = hanging - clampAngle;
    for (let gap = span * 1e-12; ; gap = Math.min(gap * 1.6, span)) {
      low = hanging - gap;
      if (miss(low) <= 0) break;
      high = low;
      if (gap >= span) return clampAngle;
    }
    return zeroOf(miss, low, high, 1e-12);
  }

  return {
    length,
    stiffened(factor) {
      const softened = flexibility.slice();
      for (let i = 0; i < count; i++)
        placesOf(nodes, i).forEach((s, k) => {
          softened[3 * i + k] = (softened[3 * i + k] as number) / factor(s);
        });
      return solverOf({ ...beam, flexibility: softened });
    },
    bend(load) {
      const tip = tipAngleUnder(load);
      const trace = {
        angle: new Float64Array(count + 1),
        moment: new Float64Array(count + 1),
        x: new Float64Array(count + 1),
        y: new Float64Array(count + 1),
      };
      shoot(load, tip, trace);
      const [x0, y0] = [trace.x[0] as number, trace.y[0] as number];
      return {
        load,
        drop: -y0,
        reach: -x0,
        tipAngle: tip * degrees,
        s: Float64Array.from(nodes),
        x: trace.x.map((x) => x - x0),
        y: trace.y.map((y) => y - y0),
        angle: trace.angle.map((angle) => angle * degrees),
        moment: trace.moment,
      };
    },
  };
}

/** Bends it once. */
export const bendBeam = (beam: Beam, load: number): BentBeam => prepareBeam(beam).bend(load);

function grid(length: number, edges: readonly number[], stepsPerLength: number): number[] {
  const stops = [0, ...edges.filter((edge) => edge > 0 && edge < length), length];
  const nodes = [0];
  for (let i = 1; i < stops.length; i++) {
    const from = stops[i - 1] as number;
    const stretch = (stops[i] as number) - from;
    const steps = Math.max(2, Math.ceil((stretch / length) * stepsPerLength));
    for (let k = 1; k <= steps; k++) nodes.push(from + (stretch * k) / steps);
  }
  return nodes;
}

/** Where f is zero between two places of different sign: bisection and false position by turns (Illinois), to `tolerance`. */
export function zeroOf(f: (at: number) => number, from: number, to: number, tolerance: number): number {
  let [low, high] = [from, to];
  let [atLow, atHigh] = [f(low), f(high)];
  if (atLow === 0) return low;
  for (let turn = 0; turn < 200 && Math.abs(high - low) > tolerance && atHigh !== 0; turn++) {
    const guess = turn % 3 === 2 ? (low + high) / 2 : high - (atHigh * (high - low)) / (atHigh - atLow);
    const value = f(guess);
    if (value > 0 === atHigh > 0) atLow /= 2;
    else [low, atLow] = [high, atHigh];
    [high, atHigh] = [guess, value];
  }
  return high;
}
