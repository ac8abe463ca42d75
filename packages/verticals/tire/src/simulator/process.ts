import { createNoise } from '@yunfab/simulator';
import type { CureRecipe } from '../cure/recipe.js';
import { closedPress, createSectionModel, openAir, type SectionModel } from '../cure/section.js';

/** Faults that a simulated press can be given. */
export const pressFaults = {
  steam_pressure_dip: { en: 'Steam pressure drops for four minutes of every cure', zh: '每次硫化中蒸汽压力下降四分钟' },
  short_cycle: { en: 'The press opens after 65 % of its time', zh: '硫化时间仅为 65 % 即开模' },
  stuck_thermocouple: { en: 'The mould thermocouple stands still', zh: '模具热电偶读数卡死' },
} as const;

export type PressFault = keyof typeof pressFaults;
export type PressState = 'open' | 'held' | 'closing' | 'steam' | 'nitrogen' | 'exhaust';

/** Seconds between two cures: unloading, loading, shaping. */
export const changeSeconds = 75;
const closingSeconds = 15;
const steamSeconds = 240;
const exhaustSeconds = 25;
/** kW and kg/s of one cavity; check against your own meters. */
const platenKilowatts = 18;
const pumpKilowatts = 5.5;
const idleKilowatts = 0.4;
const steamFilling = 0.12;
const steamHolding = 0.008;
const dip = { from: 150, to: 390 };

/** What the press does in one second. */
export interface PressSecond {
  readonly state: PressState;
  readonly values: {
    readonly mould_temperature: number;
    readonly internal_temperature: number;
    readonly internal_pressure: number;
    readonly platen_temperature: number;
    readonly bladder_cycles: number;
    readonly energy: number;
    readonly steam: number;
    readonly tire_temperature?: number;
  };
  /** The cure that began or ended in this second. */
  readonly began: boolean;
  readonly ended: boolean;
}

export interface PressProcess {
  /** Lets one second pass. */
  next(): PressSecond;
  setFault(fault: PressFault, on: boolean): void;
  /** What is cured next; a cure that is under way keeps its own. */
  load(recipe: PressRecipe): void;
  /** Prolongs the cure under way; false when there is none, or its pressure is being let off. */
  extend(seconds: number): boolean;
  /** From one cure's end to the next one's. */
  readonly cycleSeconds: () => number;
}

/** What the press itself reads of a recipe. */
export type PressRecipe = Pick<CureRecipe, 'cure_time' | 'mould_temperature' | 'gauge' | 'diffusivity'>;

export interface PressProcessOptions {
  readonly recipe: PressRecipe;
  readonly seed?: number;
  readonly faults?: Iterable<PressFault>;
  /** Whether every tire carries a thermocouple at its point of least cure, as in trials. */
  readonly instrumented?: boolean;
  /** Asked before the press closes: whether it stays open for this second. */
  readonly waits?: () => boolean;
}

/**
 * A curing press, second by second: steam at 15 bar for four minutes, then nitrogen at 21 bar that cools on the bladder,
 * platens held by a two-point controller, a mould that a cold tire cools. The tire inside is the same heat conduction that
 * the evaluator assumes, with a compound and a gauge that differ a little from tire to tire.
 */
export function createPressProcess({
  recipe: first,
  seed = 1,
  faults = [],
  instrumented = false,
  waits = () => false,
}: PressProcessOptions): PressProcess {
  const noise = createNoise(seed);
  const on = new Set(faults);
  let recipe = first;
  let next = first;
  let extended = 0;
  let held = false;
  let second = 0;
  let curing = -1;
  let cures = 40 + Math.floor(noise.uniform() * 200);
  let platen = recipe.mould_temperature + 4;
  let heating = true;
  let mould = recipe.mould_temperature;
  let medium = 60;
  let pressure = 0;
  let shownMould = mould;
  let tire: SectionModel | null = null;
  let bias = 0;
  let energy = 1200 + 50 * seed;
  let steam = 30_000;

  const closedSeconds = () => Math.round(recipe.cure_time * 60 * (on.has('short_cycle') ? 0.65 : 1)) + extended;

  function stateNow(): PressState {
    if (held) return 'held';
    if (curing < 0) return second >= changeSeconds - closingSeconds ? 'closing' : 'open';
    if (curing >= closedSeconds() - exhaustSeconds) return 'exhaust';
    return curing < steamSeconds ? 'steam' : 'nitrogen';
  }

  /** First-order approach to a target, exact for a second. */
  const toward = (value: number, target: number, timeConstant: number) => target + (value - target) * Math.exp(-1 / timeConstant);

  function heat(state: PressState): void {
    if (platen > recipe.mould_temperature + 4.6) heating = false;
    if (platen < recipe.mould_temperature + 3.4) heating = true;
    platen += heating ? 0.03 : -0.03;
    const dipped = on.has('steam_pressure_dip') && curing >= dip.from && curing < dip.to;
    const targets: Record<PressState, { pressure: number; medium: number; settle: number }> = {
      open: { pressure: 0, medium: 55, settle: 120 },
      held: { pressure: 0, medium: 55, settle: 120 },
      closing: { pressure: 0.4, medium: 80, settle: 30 },
      // Saturated steam: 15 bar gauge is 201 °C, 6 bar 165 °C; what the bladder feels is some degrees below.
      steam: dipped ? { pressure: 6, medium: 158, settle: 20 } : { pressure: 15, medium: 198, settle: 15 },
      nitrogen: dipped ? { pressure: 9, medium: 150, settle: 60 } : { pressure: 21, medium: 178, settle: 300 },
      exhaust: { pressure: 0, medium: 120, settle: 40 },
    };
    const target = targets[state];
    medium = toward(medium, target.medium, target.settle);
    pressure = toward(pressure, target.pressure, state === 'exhaust' ? 5 : 7);
    const cold = curing >= 0 ? 4 * Math.exp(-curing / 90) : 0;
    mould = toward(mould, platen - 4 - cold + bias, 20);
  }

  /** Meters run on: platen heaters by the controller, the hydraulic pump when the press moves, steam into the bladder. */
  function meter(state: PressState): void {
    const kilowatts = (heating ? platenKilowatts : 0) + (state === 'closing' || state === 'exhaust' ? pumpKilowatts : idleKilowatts);
    energy += kilowatts / 3600;
    if (state === 'steam') steam += curing < 20 ? steamFilling : steamHolding;
  }

  return {
    next() {
      let began = false;
      let ended = false;
      held = curing < 0 && second === changeSeconds - closingSeconds - 1 && waits();
      if (!held) second++;
      if (curing >= 0) curing++;
      if (curing < 0 && second >= changeSeconds) {
        began = true;
        curing = 0;
        cures++;
        recipe = next;
        extended = 0;
        bias = noise.gauss() * 0.25;
        tire = createSectionModel(
          { gauge: recipe.gauge * (1 + 0.004 * noise.gauss()), diffusivity: recipe.diffusivity * (1 + 0.006 * noise.gauss()) },
          30 + noise.gauss(),
        );
      } else if (curing >= closedSeconds()) {
        ended = true;
        curing = -1;
        second = 0;
      }
      const state = stateNow();
      heat(state);
      meter(state);
      if (tire) {
        const closed = curing >= 0;
        tire.advance(1, closed ? mould : 28, closed ? medium : 28, closed ? closedPress : openAir);
      }
      if (!on.has('stuck_thermocouple')) shownMould = tenth(mould + 0.12 * noise.gauss());
      return {
        state,
        began,
        ended,
        values: {
          mould_temperature: shownMould,
          internal_temperature: tenth(medium + 0.15 * noise.gauss()),
          internal_pressure: hundredth(Math.max(0, pressure + 0.03 * noise.gauss())),
          platen_temperature: tenth(platen + 0.1 * noise.gauss()),
          bladder_cycles: cures,
          energy: Math.round(energy * 1000) / 1000,
          steam: hundredth(steam),
          ...(instrumented && tire ? { tire_temperature: tenth((tire.temperature[5] as number) + 0.1 * noise.gauss()) } : {}),
        },
      };
    },
    setFault(fault, active) {
      if (active) on.add(fault);
      else on.delete(fault);
    },
    load(loaded) {
      next = loaded;
    },
    extend(seconds) {
      if (curing < 0 || stateNow() === 'exhaust') return false;
      extended += seconds;
      return true;
    },
    cycleSeconds: () => changeSeconds + closedSeconds(),
  };
}

const tenth = (value: number) => Math.round(value * 10) / 10;
const hundredth = (value: number) => Math.round(value * 100) / 100;
