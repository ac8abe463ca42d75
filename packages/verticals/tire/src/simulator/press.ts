import {
  createHold,
  type Machine,
  type MachineEvent,
  type MachineOptions,
  numberIn,
  refusal,
  runName,
  textIn,
  withReportInterval,
} from '@yunfab/simulator';
import { extension, reportInterval } from '../cure/press-commands.js';
import { type CureRecipe, passengerRecipe } from '../cure/recipe.js';
import { createPressProcess, type PressFault, type PressProcessOptions, type PressSecond, pressFaults } from './process.js';

/** A state that does not change is said again this often, s. */
const repeatSeconds = 300;

export interface PressOptions extends Omit<PressProcessOptions, 'recipe' | 'faults' | 'waits'> {
  readonly recipe: CureRecipe;
  /** What it can be told to cure; its first recipe unless given. */
  readonly known?: readonly CureRecipe[];
  readonly faults?: readonly string[];
}

/** A curing press as a machine: one run for each cure, one good tire counted at its end. */
export function createPress({ recipe: first, known = [first], ...options }: PressOptions): Machine {
  const hold = createHold();
  const faults = (options.faults ?? []).filter(isPressFault);
  const process = createPressProcess({ ...options, recipe: first, faults, waits: hold.waits });
  let next = first;
  let run = '';
  let shown: PressSecond['state'] | null = null;
  let since = 0;
  const press: Machine = {
    cycleSeconds: process.cycleSeconds,
    setFault(name, on) {
      if (isPressFault(name)) process.setFault(name, on);
    },
    commands: {
      load_recipe(given) {
        const code = textIn(given, 'recipe');
        const recipe = known.find((each) => each.code === code);
        const codes = known.map((each) => each.code).join(', ');
        if (!recipe) throw refusal(`there is no recipe "${code}"; there are ${codes}`, `没有配方“${code}”；现有 ${codes}`);
        process.load((next = recipe));
        return { recipe: code };
      },
      hold_next_cycle: hold.ask,
      extend_cure(given) {
        const minutes = numberIn(given, 'duration', extension);
        if (!process.extend(Math.round(minutes * 60))) throw refusal('no cure is under way', '没有正在进行的硫化');
        return { run, duration: minutes };
      },
    },
    next(ts) {
      const { state, values, began, ended } = process.next();
      const events: MachineEvent[] = [];
      if (began) events.push({ type: 'run_started', run: (run = runName(ts)), program: next.code });
      if (ended) events.push({ type: 'run_ended', run }, { type: 'count', run, good: 1, scrap: 0 });
      const tell = state !== shown || ++since >= repeatSeconds;
      if (tell) since = 0;
      shown = state;
      return { values: tell ? { ...values, press_state: state } : values, events };
    },
  };
  return withReportInterval(press, reportInterval);
}

/** The press by the contract of verticals; `recipes` are those it knows by code. */
export function pressOf(recipes: readonly CureRecipe[]): (options: MachineOptions) => Machine {
  return ({ seed, program, faults }) => {
    const recipe = program === undefined ? passengerRecipe : recipes.find(({ code }) => code === program);
    if (!recipe) throw new RangeError(`the press knows no recipe "${program}"; it knows ${recipes.map(({ code }) => code).join(', ')}`);
    return createPress({ recipe, known: recipes, seed, faults });
  };
}

function isPressFault(name: string): name is PressFault {
  return name in pressFaults;
}
