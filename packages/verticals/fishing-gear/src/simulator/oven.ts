import {
  createHold,
  createNoise,
  type Machine,
  type MachineOptions,
  numberIn,
  refusal,
  runName,
  withReportInterval,
} from '@yunfab/simulator';
import { extension, reportInterval } from '../equipment-commands.js';
import { designIn, designNamed } from './designs.js';

const ambient = 26;
/** Seconds between two cures: trolley out, trolley in. */
const change = 300;
/** °C that the air stands above the set point of the dwell, as the loss to the mandrels asks for. */
const excess = 1.5;
/** s in which a mandrel follows the air. */
const lag = 420;

/**
 * Three zones heat at three quarters of the allowed ramp, dwell until the slowest mandrel has had its time, and cool; the
 * mandrel follows by first order.
 */
export function createOven({ seed, program, faults }: MachineOptions): Machine {
  let { code, cure } = designNamed(program);
  const hold = createHold();
  const noise = createNoise(seed);
  const on = new Set(faults);
  const heating = () => Math.round(((cure.temperature - ambient) / (0.75 * cure.ramp)) * 60);
  const cooling = 1200;
  // The mandrel lags: the dwell of the air is longer than what the recipe asks for inside.
  let extended = 0;
  const dwell = () => Math.round((cure.dwell * 60 * 1.06 + 2.2 * lag) * (on.has('short_cure') ? 0.5 : 1)) + extended;
  const cycle = () => change + heating() + dwell() + cooling;
  let second = 0;
  let air = ambient;
  let core = ambient;
  let run = '';

  function target(phase: number): number {
    if (phase <= 0) return ambient;
    if (phase <= heating()) return ambient + ((cure.temperature + excess - ambient) * phase) / heating();
    if (phase <= heating() + dwell()) return cure.temperature + excess;
    return ambient + 14;
  }

  const dwells = () => second - change > heating() && second - change <= heating() + dwell();

  const oven: Machine = {
    cycleSeconds: cycle,
    setFault(name, active) {
      if (active) on.add(name);
      else on.delete(name);
    },
    commands: {
      load_design(given) {
        const design = designIn(given);
        if (second >= change) throw refusal(`the cure ${run} is under way`, `${run} 正在固化`);
        ({ code, cure } = design);
        return { design: code };
      },
      hold_next_cure: hold.ask,
      extend_dwell(given) {
        const minutes = numberIn(given, 'duration', extension);
        if (!dwells()) throw refusal('the oven does not dwell', '固化炉不在保温阶段');
        extended += Math.round(minutes * 60);
        return { run, duration: minutes };
      },
    },
    next(ts) {
      const held = second === change - 1 && hold.waits();
      if (!held) second++;
      const phase = second - change;
      const cold = phase > heating() + dwell();
      air += (target(phase) - air) * (1 - Math.exp(-1 / (cold ? 500 : 45)));
      core += (air - core) * (1 - Math.exp(-1 / lag));
      const values = {
        zone_1: tenth(air - 0.8 + 0.2 * noise.gauss()),
        zone_2: tenth(air + 0.6 + 0.2 * noise.gauss()),
        zone_3: tenth(air - 0.2 + 0.2 * noise.gauss()),
        mandrel_core: hundredth(core + 0.05 * noise.gauss()),
      };
      if (phase === 0) {
        core = ambient + noise.gauss();
        extended = 0;
        run = runName(ts);
        return { values, events: [{ type: 'run_started', run, program: code }] };
      }
      if (second < cycle()) return { values, events: [] };
      second = 0;
      return { values, events: [{ type: 'run_ended', run }] };
    },
  };
  return withReportInterval(oven, reportInterval);
}

const tenth = (value: number) => Math.round(value * 10) / 10;
const hundredth = (value: number) => Math.round(value * 100) / 100;
