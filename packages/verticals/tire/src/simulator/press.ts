import { type Machine, type MachineEvent, type MachineOptions, runName } from '@yunfab/simulator';
import { type CureRecipe, passengerRecipe } from '../cure/recipe.js';
import { createPressProcess, type PressFault, type PressProcessOptions, type PressSecond, pressFaults } from './process.js';

/** A state that does not change is said again this often, s. */
const repeatSeconds = 300;

/** A curing press as a machine: one run for each cure, one good tire counted at its end. */
export function createPress({
  recipe,
  ...options
}: Omit<PressProcessOptions, 'recipe' | 'faults'> & { readonly recipe: CureRecipe; readonly faults?: readonly string[] }): Machine {
  const process = createPressProcess({ ...options, recipe, faults: (options.faults ?? []).filter(isPressFault) });
  let run = '';
  let shown: PressSecond['state'] | null = null;
  let since = 0;
  return {
    cycleSeconds: process.cycleSeconds,
    setFault(name, on) {
      if (isPressFault(name)) process.setFault(name, on);
    },
    next(ts) {
      const { state, values, began, ended } = process.next();
      const events: MachineEvent[] = [];
      if (began) events.push({ type: 'run_started', run: (run = runName(ts)), program: recipe.code });
      if (ended) events.push({ type: 'run_ended', run }, { type: 'count', run, good: 1, scrap: 0 });
      const tell = state !== shown || ++since >= repeatSeconds;
      if (tell) since = 0;
      shown = state;
      return { values: tell ? { ...values, press_state: state } : values, events };
    },
  };
}

/** The press by the contract of verticals; `recipes` are those it knows by code. */
export function pressOf(recipes: readonly CureRecipe[]): (options: MachineOptions) => Machine {
  return ({ seed, program, faults }) => {
    const recipe = program === undefined ? passengerRecipe : recipes.find(({ code }) => code === program);
    if (!recipe) throw new RangeError(`the press knows no recipe "${program}"; it knows ${recipes.map(({ code }) => code).join(', ')}`);
    return createPress({ recipe, seed, faults });
  };
}

function isPressFault(name: string): name is PressFault {
  return name in pressFaults;
}
