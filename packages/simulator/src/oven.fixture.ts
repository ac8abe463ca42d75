import { createNoise, type Machine, type MachineEvent, runName } from './index.js';

export const ovenFaults = { cold: { en: 'It stays cold', zh: '不升温' } } as const;

/** A baking oven for tests: five minutes each, one minute of them between two runs. */
export function createOven(seed = 1, { program = 'bread', faults = [] }: { program?: string; faults?: readonly string[] } = {}): Machine {
  const noise = createNoise(seed);
  const on = new Set(faults);
  let second = 0;
  let run = '';
  return {
    cycleSeconds: () => 300,
    setFault: (name, active) => void (active ? on.add(name) : on.delete(name)),
    next(ts) {
      second = (second + 1) % 300;
      const events: MachineEvent[] = [];
      if (second === 60) events.push({ type: 'run_started', run: (run = runName(ts)), program });
      if (second === 0) events.push({ type: 'run_ended', run }, { type: 'count', run, good: 1, scrap: 0 });
      return { values: { temperature: (on.has('cold') ? 30 : 220) + noise.gauss() }, events };
    },
  };
}
