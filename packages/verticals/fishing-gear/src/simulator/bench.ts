import { createHold, createNoise, type Machine, type MachineOptions, type MachineSecond, refusal, runName } from '@yunfab/simulator';
import { blankBeam } from '../bend/blank-beam.js';
import { prepareBeam } from '../bend/elastica.js';
import { type BendPoint, bendUnder } from '../bend/fit.js';
import { loadToDeflection } from '../bend/loads.js';
import type { BlankDesign } from '../blank/design.js';
import { windBlank } from '../blank/section.js';
import { demoPrepregs } from '../demo-catalogue.js';
import { designIn, designNamed } from './designs.js';

/** Seconds of one test: unloaded, drawn down, held, let up, unloaded again; then the next blank is clamped. */
const stages = { zero: 10, pull: 90, hold: 10, release: 30, settle: 10, change: 90 } as const;
const tested = stages.zero + stages.pull + stages.hold + stages.release + stages.settle;
/** Share of the length that the tip is drawn down. */
const depth = 0.36;
const bendSteps = 24;

/** A winch draws the tip down while the load cell and the camera read; every blank is a little different. */
export function createBench({ seed, program, faults }: MachineOptions): Machine {
  let design = designNamed(program);
  const hold = createHold();
  const noise = createNoise(seed);
  const on = new Set(faults);
  let second = 0;
  let run = '';
  let bend = bendOf(design, on.has('soft_butt'), 1);
  let straightness = 0.6;
  let zero = 0;

  function refuseWhileTesting(): void {
    if (second >= stages.change && second < tested + stages.change) throw refusal(`the test ${run} is under way`, `试验 ${run} 正在进行`);
  }

  function clampNext(): void {
    bend = bendOf(design, on.has('soft_butt'), 1 + 0.007 * noise.gauss());
    straightness = Math.abs(0.6 + 0.2 * noise.gauss());
  }

  /** N that a drifting cell reads too much: an offset of its own, and more while it is loaded. */
  const driftIn = (phase: number) => (on.has('drifting_load_cell') ? 0.05 + 0.0015 * Math.max(0, phase) : 0);

  /** `phase` counts the seconds of the test; before it the bench stands unloaded. */
  function read(phase: number): MachineSecond['values'] {
    const { load, drop, tipAngle } = under(bend, drawn(phase));
    const drift = driftIn(phase);
    return {
      load_cell: round(load + drift - zero + 0.004 * noise.gauss(), 4),
      tip_deflection: round(1000 * drop + 0.6 * noise.gauss(), 2),
      tip_angle: round(tipAngle + 0.15 * noise.gauss(), 2),
      straightness: round(straightness + 0.02 * noise.gauss(), 2),
    };
  }

  return {
    cycleSeconds: () => tested + stages.change,
    setFault(name, active) {
      if (active) on.add(name);
      else on.delete(name);
    },
    commands: {
      load_design(given) {
        const wanted = designIn(given);
        refuseWhileTesting();
        design = wanted;
        clampNext();
        return { design: design.code };
      },
      hold_next_test: hold.ask,
      zero_load_cell() {
        refuseWhileTesting();
        const offset = driftIn(second - stages.change);
        const moved = offset - zero;
        zero = offset;
        return { moved: round(moved, 4) };
      },
    },
    next(ts) {
      const held = second === stages.change - 1 && hold.waits();
      if (!held) second = (second % (tested + stages.change)) + 1;
      if (second === 1) clampNext();
      const phase = second - stages.change;
      const values = read(phase);
      if (phase === 0) {
        run = runName(ts);
        return { values, events: [{ type: 'run_started', run, program: design.code }] };
      }
      if (phase < tested) return { values, events: [] };
      return {
        values,
        events: [
          { type: 'run_ended', run },
          { type: 'count', run, good: 1, scrap: 0 },
        ],
      };
    },
  };
}

/** How far the winch is down, 0 to 1, in the given second of a test. */
function drawn(second: number): number {
  const pulled = second - stages.zero;
  if (pulled <= 0) return 0;
  if (pulled <= stages.pull) return pulled / stages.pull;
  const released = pulled - stages.pull - stages.hold;
  if (released <= 0) return 1;
  return Math.max(0, 1 - released / stages.release);
}

/** The bend of one blank by equal steps of load, up to the depth of the test. */
function bendOf(design: BlankDesign, softButt: boolean, stiffness: number): readonly BendPoint[] {
  const plies = design.plies.map((ply) => (softButt ? { ...ply, wraps_from: 0.75 * ply.wraps_from } : ply));
  const blank = windBlank({ ...design, plies }, demoPrepregs);
  const beam = prepareBeam(blankBeam(blank, { butt: stiffness, tip: stiffness }));
  const heaviest = loadToDeflection(beam, depth)?.load ?? 0;
  return bendUnder(
    beam,
    Array.from({ length: bendSteps + 1 }, (_, i) => (heaviest * i) / bendSteps),
  );
}

/** The winch sets the deflection; load and angle follow, read between two steps of load. */
function under(bend: readonly BendPoint[], place: number): BendPoint {
  const drop = place * (bend.at(-1)?.drop ?? 0);
  const after = Math.max(
    1,
    bend.findIndex((point) => point.drop >= drop),
  );
  const [low, high] = [bend[after - 1] as BendPoint, bend[after] as BendPoint];
  const share = (drop - low.drop) / (high.drop - low.drop);
  return { drop, load: low.load + share * (high.load - low.load), tipAngle: low.tipAngle + share * (high.tipAngle - low.tipAngle) };
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));
