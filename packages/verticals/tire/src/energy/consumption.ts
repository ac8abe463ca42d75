import { counterIncrease } from '@yunfab/core/measure';
import type { RunEvaluation, SampleSeries } from '@yunfab/core/verticals';

/** What the meters of the press counted while it was closed; a meter that the press does not have says nothing. */
export function consumptionValues(
  samples: Readonly<Record<string, SampleSeries>>,
  window: { readonly from: number; readonly to: number },
): RunEvaluation['values'] {
  const energy = counted(samples['energy'], window);
  const steam = counted(samples['steam'], window);
  return {
    ...(energy === null ? {} : { energy: { value: energy, unit: 'kW.h', words: { en: 'Electricity of the cure', zh: '本次硫化用电' } } }),
    ...(steam === null ? {} : { steam: { value: steam, unit: 'kg', words: { en: 'Steam of the cure', zh: '本次硫化用汽' } } }),
  };
}

function counted(series: SampleSeries | undefined, { from, to }: { readonly from: number; readonly to: number }): number | null {
  const readings = series?.value.filter((_, i) => (series.ts[i] as number) >= from && (series.ts[i] as number) <= to) ?? [];
  return readings.length < 2 ? null : Math.round(counterIncrease(readings).total * 1000) / 1000;
}

/** What runs consumed, over the tires that they made. */
export interface Consumption {
  readonly runs: number;
  /** Runs of a press without a meter, or whose meter was silent: they are not in the sums. */
  readonly unmetered: number;
  readonly tires: number;
  readonly energy: number;
  readonly steam: number;
  /** kW·h and kg per good tire; null where nothing was metered or no tire is good. */
  readonly energyPerTire: number | null;
  readonly steamPerTire: number | null;
}

/**
 * Sums the evaluated values of runs and shares them out over the good tires. Scrapped tires consumed too, so they weigh on
 * the good ones; where some runs were not metered, the tires are counted in proportion.
 */
export function consumptionOf(runs: readonly { readonly values: RunEvaluation['values'] }[], goodTires: number): Consumption {
  const metered = runs.filter(({ values }) => values['energy'] !== undefined);
  const sum = (name: string) => Math.round(metered.reduce((total, { values }) => total + (values[name]?.value ?? 0), 0) * 1000) / 1000;
  const tires = runs.length === 0 ? 0 : (goodTires * metered.length) / runs.length;
  const [energy, steam] = [sum('energy'), sum('steam')];
  const perTire = (total: number) => (tires > 0 ? Math.round((total / tires) * 1000) / 1000 : null);
  return {
    runs: runs.length,
    unmetered: runs.length - metered.length,
    tires: goodTires,
    energy,
    steam,
    energyPerTire: perTire(energy),
    steamPerTire: perTire(steam),
  };
}
