import { createHold, createNoise, type Machine, refusal, runName, textIn } from '@yunfab/simulator';
import { polymer121, type SterilizationProgram, wrapped134 } from '../sterilization/program.js';
import { saturationPressure, saturationTemperature } from '../sterilization/steam.js';
import { loadProbes } from '../sterilization/sterilizer.js';

export const sterilizerFaults = {
  cold_probe: { en: 'Load probe 3 lies in a packed corner and stays cold', zh: '负载探头 3 处于密实死角，温度偏低' },
  air_pocket: { en: 'Air is left in the chamber', zh: '腔体残留空气' },
  short_exposure: { en: 'The exposure ends after 60 % of its time', zh: '灭菌时间仅为 60 %' },
  stuck_probe: { en: 'Load probe 2 stands still', zh: '负载探头 2 读数卡死' },
} as const;

const programs = new Map([wrapped134, polymer121].map((program) => [program.code, program]));

const loadingSeconds = 150;
const evacuationSeconds = 50;
const injectionSeconds = 40;
const heatingSeconds = 110;
const dryingSeconds = 300;
const ventingSeconds = 40;
/** Seconds of exposure beyond the holding time: until the last probe has caught up, and a margin. */
const exposureMargin = 75;
const atmosphere = 1.013;
const deepVacuum = 0.07;
/** Units in a load. */
const load = 24;

/**
 * A steam sterilizer, second by second: three evacuations with steam between them, heating along the saturation line,
 * exposure a little above the program's temperature, drying in vacuum. A probe follows the steam with the lag of the
 * load around it; air left behind takes its share of the pressure, so that steam is colder than the gauge says.
 */
export function createSterilizer({
  seed,
  program: code = wrapped134.code,
  faults: given,
}: {
  seed: number;
  program: string | undefined;
  faults: readonly string[];
}): Machine {
  const first = programs.get(code);
  if (!first) throw new RangeError(`the sterilizer knows no program "${code}"; it knows ${[...programs.keys()].join(', ')}`);
  const noise = createNoise(seed);
  const on = new Set(given);
  const hold = createHold();
  let program = first;
  let course = courseOf(program);
  let aborted = false;
  const lags = loadProbes.map((_, index) => 7 + 3 * index + 2 * noise.uniform());
  let second = 0;
  let run = '';
  let pressure = atmosphere;
  let chamber = 62;
  let drain = 58;
  const probes = loadProbes.map(() => 24 + noise.uniform());
  let stuck: number | null = null;
  let shown = '';

  const underWay = () => second >= loadingSeconds;
  const toward = (now: number, target: number, timeConstant: number) => target + (now - target) * Math.exp(-1 / timeConstant);
  const read = (value: number) => Number((value + 0.04 * noise.gauss()).toFixed(2));

  return {
    cycleSeconds: () => course.length,
    setFault(name, isOn) {
      if (isOn) on.add(name);
      else on.delete(name);
    },
    commands: {
      load_program(given) {
        const wanted = textIn(given, 'program');
        const known = programs.get(wanted);
        const codes = [...programs.keys()].join(', ');
        if (!known) throw refusal(`there is no program "${wanted}"; there are ${codes}`, `没有程序“${wanted}”；现有 ${codes}`);
        if (underWay()) throw refusal(`the cycle ${run} is under way`, `周期 ${run} 正在进行`);
        program = known;
        course = courseOf(program);
        return { program: wanted };
      },
      hold_next_cycle: hold.ask,
      abort_cycle(given) {
        if (!underWay()) throw refusal('no cycle is under way', '没有正在进行的周期');
        aborted = true;
        second = course.length - ventingSeconds;
        return { run, reason: textIn(given, 'reason') };
      },
    },
    next(ts) {
      const held = second === loadingSeconds - 1 && hold.waits();
      if (!held) second = (second + 1) % course.length;
      const step = course.at(second, on.has('short_exposure'));
      pressure = toward(pressure, step.pressure, step.settle);
      const air = on.has('air_pocket') && step.steam ? 0.28 : 0;
      const steam = step.steam ? saturationTemperature(Math.max(pressure - air, 0.03)) : step.ambient;
      chamber = toward(chamber, steam, step.steam ? 2 : 90);
      drain = toward(drain, steam - 0.15, step.steam ? 5 : 110);
      loadProbes.forEach((_, index) => {
        const packed = on.has('cold_probe') && index === 2;
        const lag = (lags[index] ?? 10) * (packed ? 5 : 1);
        probes[index] = toward(probes[index] ?? 24, steam - (packed ? 2.6 : 0.05 * index), step.steam ? lag : 160);
      });
      if (second === loadingSeconds) probes.fill(24);
      const readings = probes.map(read);
      stuck = on.has('stuck_probe') ? (stuck ?? readings[1] ?? null) : null;
      if (stuck !== null) readings[1] = stuck;
      const values: Record<string, number | string> = {
        chamber_temperature: read(chamber),
        drain_temperature: read(drain),
        chamber_pressure: Number(Math.max(0.03, pressure + 0.002 * noise.gauss()).toFixed(4)),
        ...Object.fromEntries(loadProbes.map((name, index) => [name, readings[index] ?? 0])),
      };
      if (step.phase !== shown) values['phase'] = shown = step.phase;
      if (second === loadingSeconds) {
        run = runName(ts);
        return { values, events: [{ type: 'run_started', run, program: program.code }] };
      }
      if (second !== 0) return { values, events: [] };
      const counted = aborted ? { good: 0, scrap: load } : { good: load, scrap: 0 };
      aborted = false;
      return {
        values,
        events: [
          { type: 'run_ended', run },
          { type: 'count', run, ...counted },
        ],
      };
    },
  };
}

interface Step {
  readonly phase: 'idle' | 'conditioning' | 'heating' | 'exposure' | 'drying';
  /** Absolute bar that it moves toward, and how quickly: seconds of the first-order approach. */
  readonly pressure: number;
  readonly settle: number;
  /** Whether what surrounds the load is steam. */
  readonly steam: boolean;
  /** °C toward which things cool where it is not. */
  readonly ambient: number;
}

/** What the controller wants at each second of the cycle; second 0 is the last one. */
function courseOf(program: SterilizationProgram): { readonly length: number; readonly at: (second: number, short: boolean) => Step } {
  const conditioning = program.pulses * (evacuationSeconds + injectionSeconds);
  const exposure = Math.round(program.holding_time * 60) + exposureMargin;
  const starts = { conditioning: loadingSeconds, heating: loadingSeconds + conditioning };
  const exposureFrom = starts.heating + heatingSeconds;
  const dryingFrom = exposureFrom + exposure;
  const ventingFrom = dryingFrom + dryingSeconds;
  const length = ventingFrom + ventingSeconds;
  const wanted = saturationPressure(program.temperature + 1.1);
  return {
    length,
    at(second, short) {
      const now = second === 0 ? length : second;
      const early = short ? Math.round(exposure * 0.4) : 0;
      if (now < starts.conditioning) return { phase: 'idle', pressure: atmosphere, settle: 5, steam: false, ambient: 55 };
      if (now < starts.heating) {
        const within = (now - starts.conditioning) % (evacuationSeconds + injectionSeconds);
        const evacuating = within < evacuationSeconds;
        return {
          phase: 'conditioning',
          pressure: evacuating ? deepVacuum * 0.6 : 1.25,
          settle: evacuating ? 11 : 8,
          steam: !evacuating,
          ambient: 60,
        };
      }
      if (now < exposureFrom) return { phase: 'heating', pressure: wanted, settle: 18, steam: true, ambient: 60 };
      if (now < dryingFrom - early) return { phase: 'exposure', pressure: wanted, settle: 6, steam: true, ambient: 60 };
      if (now < ventingFrom) return { phase: 'drying', pressure: deepVacuum, settle: 14, steam: false, ambient: 75 };
      return { phase: 'drying', pressure: atmosphere, settle: 8, steam: false, ambient: 60 };
    },
  };
}
