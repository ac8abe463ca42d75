import { createNoise, type Machine, type MachineOptions, numberIn, refusal, runName } from '@yunfab/simulator';
import { soleTemperature } from '../commands.js';

const changeSeconds = 25;
const pressSeconds = 95;
const cycle = changeSeconds + pressSeconds;
const firstSetPoint = 165;
/** Share of its set point that the sole reaches with a failing heater. */
const failing = 0.715;

/** A press whose sole cools on damp cloth and is heated again; with its heater failing it stays too cold. */
export function createGarmentPress({ seed, faults }: MachineOptions): Machine {
  const noise = createNoise(seed);
  const active = new Set(faults);
  let second = 0;
  let setPoint = firstSetPoint;
  let temperature = setPoint;
  let run = '';
  const closed = () => second > changeSeconds && second < cycle;
  return {
    cycleSeconds: () => cycle,
    setFault: (name, on) => void (on ? active.add(name) : active.delete(name)),
    commands: {
      set_temperature(given) {
        const wanted = numberIn(given, 'temperature', soleTemperature);
        if (closed()) throw refusal(`the press is closed on ${run}`, `正在熨烫 ${run}`);
        setPoint = wanted;
        return { temperature: wanted };
      },
    },
    next(ts) {
      second = (second % cycle) + 1;
      const aim = active.has('cold_iron') ? failing * setPoint : setPoint;
      temperature += (aim - temperature) * 0.08 - (closed() ? 0.25 : 0);
      const values = {
        iron_temperature: Number((temperature + noise.gauss() * 0.4).toFixed(1)),
        steam_pressure: Number((4.2 - (closed() ? 0.3 : 0) + noise.gauss() * 0.05).toFixed(2)),
        pressing: closed(),
      };
      if (second === changeSeconds) return { values, events: [{ type: 'run_started', run: (run = runName(ts)), program: 'press' }] };
      if (second !== cycle) return { values, events: [] };
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
