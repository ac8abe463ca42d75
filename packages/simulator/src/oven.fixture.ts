import { createHold, createNoise, type Machine, type MachineEvent, refusal, runName, textIn, withReportInterval } from './index.js';

export const ovenFaults = { cold: { en: 'It stays cold', zh: '不升温' } } as const;

const recipes = ['bread', 'cake'];

/** A baking oven for tests: five minutes each, one minute of them between two runs; a held one waits for three minutes. */
export function createOven(seed = 1, { program = 'bread', faults = [] }: { program?: string; faults?: readonly string[] } = {}): Machine {
  const noise = createNoise(seed);
  const on = new Set(faults);
  const hold = createHold(180);
  let second = 0;
  let run = '';
  let next = program;
  const oven: Machine = {
    cycleSeconds: () => 300,
    setFault: (name, active) => void (active ? on.add(name) : on.delete(name)),
    commands: {
      load_recipe(given) {
        const recipe = textIn(given, 'recipe');
        if (!recipes.includes(recipe)) throw refusal(`there is no recipe "${recipe}"`, `没有配方“${recipe}”`);
        next = recipe;
        return { recipe };
      },
      hold_next_bake: hold.ask,
    },
    next(ts) {
      if (second === 59 && hold.waits()) return { values: { temperature: 200 + noise.gauss() }, events: [] };
      second = (second + 1) % 300;
      const events: MachineEvent[] = [];
      if (second === 60) events.push({ type: 'run_started', run: (run = runName(ts)), program: next });
      if (second === 0) events.push({ type: 'run_ended', run }, { type: 'count', run, good: 1, scrap: 0 });
      return { values: { temperature: (on.has('cold') ? 30 : 220) + noise.gauss() }, events };
    },
  };
  return withReportInterval(oven, { low: 1, high: 60 });
}
