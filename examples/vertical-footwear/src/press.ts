import type { EquipmentModel, ReleaseGate, RunEvaluator } from '@yunfab/core/verticals';
import { createHold, createNoise, type MachineOptions, runName, simulatorOf } from '@yunfab/simulator';
import type { Bond, Tables } from './bonds.js';

type Config = Record<string, unknown>;

// #region model
const range = (high: number) => ({ low: 0, high });
export const solePress: EquipmentModel = {
  id: 'footwear.sole-press',
  words: { en: 'Sole press', zh: '压底机' },
  signals: [
    { name: 'film_temperature', kind: 'number', unit: 'Cel', words: { en: 'Adhesive film', zh: '胶膜温度' }, range: range(150) },
    { name: 'pressure', kind: 'number', unit: 'bar', words: { en: 'Pressure', zh: '压力' }, range: range(10) },
  ],
  commands: [{ name: 'hold_next_pair', words: { en: 'Hold before the next pair', zh: '下一双前暂停' }, parameters: [] }],
};
// #endregion

// #region evaluator
export const bondEvaluator: RunEvaluator<Config> = {
  id: 'footwear.bond',
  words: { en: 'Sole bond', zh: '粘底质量' },
  equipmentModel: solePress.id,
  signals: ['film_temperature', 'pressure'],
  tailMs: 0,
  facts: async ({ db, run }) => {
    const bonds = db.withTables<Tables>().selectFrom('bond').selectAll();
    return { bond: (await bonds.where('code', '=', run.program ?? '').executeTakeFirst()) ?? null };
  },
  evaluate({ run, samples, facts }) {
    const bond = facts['bond'] as Bond | null;
    const [film, pressed] = [samples['film_temperature']?.value[0], samples['pressure'] ?? { ts: [], value: [] }];
    const finding = (code: string, holds: boolean, en: string, zh: string) => ({ code, holds, words: { en, zh } });
    if (!bond || film === undefined) {
      const missing = finding('basis', false, 'No limits or no samples', '缺少工艺限值或采样');
      return { verdict: 'inconclusive', values: {}, curves: [], findings: [missing] };
    }
    let dwell = 0;
    for (const [i, at] of pressed.ts.entries())
      if ((pressed.value[i] ?? 0) >= bond.pressure) dwell += ((pressed.ts[i + 1] ?? run.until) - at) / 1000;
    const { temperature_low: low, temperature_high: high } = bond;
    const findings = [
      finding('film', film >= low && film <= high, `Film ${film} °C, ${low} to ${high} asked`, `胶膜 ${film} °C，要求 ${low} 至 ${high}`),
      finding('dwell', dwell >= bond.dwell, `${dwell} s under pressure, ${bond.dwell} asked`, `保压 ${dwell} 秒，要求 ${bond.dwell}`),
    ];
    const words = { en: 'Time under pressure', zh: '保压时间' };
    const verdict = run.endedAt === null ? 'inconclusive' : findings.every(({ holds }) => holds) ? 'pass' : 'fail';
    return { verdict, values: { dwell: { value: dwell, unit: 's', words, low: bond.dwell } }, curves: [], findings };
  },
};
// #endregion

export const bondGate: ReleaseGate<Config> = {
  id: 'footwear.bond',
  words: { en: 'Every sole is bonded', zh: '每只鞋底粘合合格' },
  check({ runs, specification }) {
    if (!specification?.schema.startsWith('footwear/')) return null;
    const bad = runs.filter(({ evaluation }) => evaluation?.verdict !== 'pass');
    const evidence = (bad.length > 0 ? bad : runs).map(({ id }) => ({ kind: 'process_run', id }));
    const words = { en: `${runs.length} bonds, ${bad.length} not passed`, zh: `粘合 ${runs.length} 次，未合格 ${bad.length} 次` };
    return { holds: runs.length > 0 && bad.length === 0, words, evidence };
  },
};

const faults = { cold_film: { en: 'The activation oven is cold', zh: '活化烘箱温度过低' } };

function createSolePress({ seed, program = 'pu', faults: given }: MachineOptions) {
  const [noise, on, hold] = [createNoise(seed), new Set(given), createHold()];
  let [second, run] = [0, ''];
  const rounded = (value: number) => Math.round(10 * value) / 10;
  return {
    cycleSeconds: () => 60,
    setFault: (name: string, active: boolean) => void (active ? on.add(name) : on.delete(name)),
    commands: { hold_next_pair: hold.ask },
    next(ts: number) {
      if (second === 41 && hold.waits()) return { values: { film_temperature: 20, pressure: 0 }, events: [] };
      second = (second + 1) % 60;
      const film = (on.has('cold_film') ? 48 : 70) + noise.gauss() - Math.max(0, second - 42);
      const values = { film_temperature: rounded(film), pressure: rounded(second > 43 && second < 58 ? 4 + 0.1 * noise.uniform() : 0) };
      if (second === 42) return { values, events: [{ type: 'run_started', run: (run = runName(ts)), program }] };
      if (second !== 0) return { values, events: [] };
      const counted = { type: 'count', run, good: 1, scrap: 0 };
      return { values, events: [{ type: 'run_ended', run }, counted] };
    },
  };
}
export const footwearSimulator = simulatorOf({ faults, machines: { [solePress.id]: createSolePress } });
