import { arrheniusRate } from '@yunfab/core/measure';
import { type EvaluationInput, type GateRun, noHistory, type RunEvaluation, type SampleSeries } from '@yunfab/core/verticals';
import { describe, expect, it } from 'vitest';
import { configSchema, type TireConfig } from '../config.js';
import { evaluateCure } from './evaluator.js';
import { cureGate } from './gate.js';
import { type CureRecipe, passengerRecipe } from './recipe.js';
import { traceCure } from './trace.js';

const startedAt = Date.parse('2026-11-22T06:00:00Z');
const minute = 60_000;
const config = configSchema.parse({});

function series(minutes: number, value: (second: number) => number, stepSeconds = 1): SampleSeries {
  const ts = Array.from({ length: Math.floor((minutes * 60) / stepSeconds) + 1 }, (_, i) => startedAt + i * stepSeconds * 1000);
  return { ts, value: ts.map((at) => value((at - startedAt) / 1000)) };
}

/** A plain cure: mould near its set point, steam for four minutes, then nitrogen that cools. */
function press(
  minutes: number,
  { mould = 170, step = 1, pressure = () => 20 }: { mould?: number; step?: number; pressure?: (second: number) => number } = {},
) {
  return {
    mould_temperature: series(minutes, (s) => mould - 4 * Math.exp(-s / 90) + 0.1 * Math.sin(s / 7), step),
    internal_temperature: series(minutes, (s) => (s < 240 ? 198 - 98 * Math.exp(-s / 15) : 178 + 20 * Math.exp(-(s - 240) / 300)), step),
    internal_pressure: series(minutes, pressure, step),
  };
}

function judge(
  minutes: number,
  samples: EvaluationInput<TireConfig>['samples'],
  { recipe = passengerRecipe, ordered = null, ended = true }: { recipe?: CureRecipe | null; ordered?: string | null; ended?: boolean } = {},
): RunEvaluation {
  const until = startedAt + minutes * minute;
  return evaluateCure({
    run: { key: 'r1', program: 'pcr-205-55-r16', startedAt, endedAt: ended ? until : null, until },
    samples,
    specification: null,
    facts: { recipe, ordered },
    config,
  });
}

const failed = ({ findings }: RunEvaluation) => findings.filter(({ holds }) => !holds).map(({ code }) => code);
const equivalent = (evaluation: RunEvaluation) => evaluation.values['cure_equivalent']?.value as number;

describe('evaluateCure', () => {
  it('passes a cure within its window, with values, curves and findings in both languages', () => {
    const evaluation = judge(11, press(11));
    expect(evaluation.verdict).toBe('pass');
    expect(equivalent(evaluation)).toBeGreaterThan(17.5);
    expect(equivalent(evaluation)).toBeLessThan(21.5);
    expect(evaluation.values['cure_equivalent']).toMatchObject({ unit: 'min', low: 17.5, high: 21.5 });
    expect(evaluation.curves.map(({ name }) => name)).toEqual(['least_cure_temperature', 'cure_equivalent']);
    for (const { words } of [...evaluation.findings, ...evaluation.curves, ...Object.values(evaluation.values)]) {
      expect(words.en).toMatch(/[a-z]/i);
      expect(words.zh).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it('goes on curing after the press opens: the tail is a good part of the whole, and the curve shows it', () => {
    const evaluation = judge(11, press(11));
    const opened = evaluation.values['cure_at_opening']?.value as number;
    expect(opened).toBeGreaterThan(passengerRecipe.blow_point);
    expect(equivalent(evaluation) - opened).toBeGreaterThan(4);
    const curve = evaluation.curves.find(({ name }) => name === 'cure_equivalent');
    expect(curve?.ts.at(-1)).toBeGreaterThan(startedAt + 15 * minute);
    expect(curve?.value.at(-1)).toBeCloseTo(equivalent(evaluation), 1);
    const temperature = evaluation.curves.find(({ name }) => name === 'least_cure_temperature');
    expect(temperature?.value.at(-1)).toBeLessThan(91);
  });

  it('fails an under-cured tire and one opened before the blow point, with the numbers', () => {
    const short = judge(7.5, press(7.5));
    expect(short.verdict).toBe('fail');
    expect(failed(short)).toEqual(['blow_point', 'least_cure']);
    expect(short.findings.find(({ code }) => code === 'least_cure')?.words.en).toMatch(
      /^Cure equivalent at the point of least cure \d+(\.\d+)? min @150 °C, at least 17.5 needed$/,
    );
    expect(failed(judge(10, press(10)))).toEqual(['least_cure']);
  });

  it('flags overcure and reversion', () => {
    expect(failed(judge(14, press(14)))).toEqual(['overcure']);
    expect(failed(judge(40, press(40)))).toEqual(['overcure', 'reversion']);
  });

  it('fails a cure that lost its pressure, but not for building up and letting off', () => {
    const lost = judge(11, press(11, { pressure: (s) => (s > 300 && s < 360 ? 8 : 20) }));
    expect(failed(lost)).toEqual(['pressure']);
    expect(judge(11, press(11, { pressure: (s) => Math.min(20, s / 2, (660 - s) / 2) })).verdict).toBe('pass');
  });

  it('does not judge by a thermocouple that stands still, nor over a gap, nor without a recipe', () => {
    const samples = press(11);
    const stuck = judge(11, { ...samples, mould_temperature: series(11, (s) => (s > 200 ? 169.4 : 169 + Math.sin(s))) });
    expect([stuck.verdict, failed(stuck)]).toEqual(['inconclusive', ['thermocouple']]);
    const kept = samples.mould_temperature.ts.map((_, i) => i).filter((i) => i < 200 || i > 260);
    const gap = judge(11, {
      ...samples,
      mould_temperature: {
        ts: kept.map((i) => samples.mould_temperature.ts[i] as number),
        value: kept.map((i) => samples.mould_temperature.value[i] as number),
      },
    });
    expect([gap.verdict, failed(gap)]).toEqual(['inconclusive', ['samples']]);
    expect(judge(11, {}).verdict).toBe('inconclusive');
    expect(failed(judge(11, samples, { recipe: null }))).toEqual(['recipe']);
  });

  it('is provisional while the press is closed', () => {
    const running = judge(5, press(5), { ended: false });
    expect(running.verdict).toBe('inconclusive');
    expect(failed(running)).toEqual([]);
    expect(running.values['cure_at_opening']).toBeUndefined();
  });

  it('fails a press that ran another recipe than the order asks for', () => {
    expect(failed(judge(11, press(11), { ordered: 'pcr-225-45-r17' }))).toEqual(['program']);
  });

  it('goes by what a thermocouple in a trial tire measured, and cools on from there', () => {
    const modelled = judge(11, press(11));
    const curve = traceCure(passengerRecipe, {
      mould: press(11).mould_temperature,
      medium: press(11).internal_temperature,
      startedAt,
      openedAt: startedAt + 11 * minute,
      until: startedAt + 11 * minute,
      greenTire: 30,
      ambient: 28,
    });
    const inside = { ts: curve.ts.filter((at) => at <= startedAt + 11 * minute), value: [...curve.temperature].slice(0, 661) };
    const measured = judge(11, { ...press(11), tire_temperature: inside });
    expect(equivalent(measured)).toBeCloseTo(equivalent(modelled), 1);
    const colder = judge(11, { ...press(11), tire_temperature: { ts: inside.ts, value: inside.value.map((value) => value - 3) } });
    expect(equivalent(colder)).toBeLessThan(equivalent(modelled) * 0.9);
    expect(failed(colder)).toEqual(['least_cure']);
  });
});

describe('a cure of which little is in hand', () => {
  const { mould_temperature: mould, internal_temperature: medium } = press(1);
  const none: SampleSeries = { ts: [], value: [] };
  const one = ({ ts, value }: SampleSeries) => ({ ts: ts.slice(0, 1), value: value.slice(0, 1) });

  it.each([
    ['no sample', { mould_temperature: none, internal_temperature: none }],
    ['one face only', { mould_temperature: one(mould), internal_temperature: none }],
    ['a sample of each face', { mould_temperature: one(mould), internal_temperature: one(medium) }],
  ])('gives numbers with %s, and decides nothing', (_, samples) => {
    for (const ended of [false, true]) {
      const evaluation = judge(1, samples, { ended });
      expect(evaluation.verdict).toBe('inconclusive');
      const numbers = [...Object.values(evaluation.values).map(({ value }) => value), ...evaluation.curves.flatMap(({ value }) => value)];
      expect(numbers.filter((number) => !Number.isFinite(number))).toEqual([]);
    }
    expect(judge(0, samples, { ended: false }).verdict).toBe('inconclusive');
  });
});

describe('the rate of cure', () => {
  it('tire.md 1: Ea 80 kJ/mol, 160 against 150 °C → 1.690', () => {
    expect(arrheniusRate({ activationEnergy: 80_000, reference: 150 })(160)).toBeCloseTo(1.69, 3);
  });
  it('tire.md 1: Ea 100 kJ/mol: 160 → 1.927, 140 → 0.503', () => {
    const rate = arrheniusRate({ activationEnergy: 100_000, reference: 150 });
    expect(rate(160)).toBeCloseTo(1.927, 3);
    expect(rate(140)).toBeCloseTo(0.503, 3);
  });
});

describe('the cure equivalent, checked independently', () => {
  it('does not depend on the sampling step', () => {
    const fine = equivalent(judge(11, press(11)));
    for (const step of [2, 5, 10]) expect(equivalent(judge(11, press(11, { step }))) / fine).toBeCloseTo(1, 2);
  });

  it('is the closed form where the temperature is constant: minutes in the press times the rate', () => {
    const recipe = { ...passengerRecipe, gauge: 0.5 };
    const rate = arrheniusRate({ activationEnergy: 90_000, reference: 150 })(165);
    const at165 = (minutes: number) =>
      traceCure(recipe, {
        mould: series(minutes, () => 165),
        medium: series(minutes, () => 165),
        startedAt,
        openedAt: startedAt + minutes * minute,
        until: startedAt + minutes * minute,
        greenTire: 165,
        ambient: 28,
      });
    // Twice as long in the press adds exactly the difference; the tail is the same.
    expect(at165(20).least - at165(10).least).toBeCloseTo(10 * rate, 6);
    expect(at165(20).atOpening).toBeCloseTo(20 * rate, 6);
  });

  it('agrees with an implicit solver on a grid four times as fine', () => {
    const { mould_temperature: mould, internal_temperature: medium } = press(11);
    const mine = traceCure(passengerRecipe, {
      mould,
      medium,
      startedAt,
      openedAt: startedAt + 11 * minute,
      until: startedAt + 11 * minute,
      greenTire: 30,
      ambient: 28,
    });
    const reference = implicitCure(
      passengerRecipe,
      (s) => mould.value[Math.round(s)] as number,
      (s) => medium.value[Math.round(s)] as number,
      660,
    );
    expect(mine.least / reference.least).toBeCloseTo(1, 2);
    expect((mine.atOpening as number) / reference.atOpening).toBeCloseTo(1, 2);
  });

  it('published case of tire.md 1 (155 °C steam, 95 → 85 min, acceptance ±10 %): shortened alone it falls out, boosted it stays in', () => {
    // A solid industrial section; the medium inside is boosted in the shortened cycle ("dome boosting"), the steam outside is not.
    const recipe = { gauge: 55, diffusivity: 0.13, activation_energy: 90, reference: 150 };
    const cure = (minutes: number, inside: number) =>
      traceCure(recipe, {
        mould: series(minutes, () => 155, 10),
        medium: series(minutes, () => inside, 10),
        startedAt,
        openedAt: startedAt + minutes * minute,
        until: startedAt + minutes * minute,
        greenTire: 30,
        ambient: 28,
      }).least;
    const regular = cure(95, 155);
    expect(cure(85, 155) / regular).toBeLessThan(0.9);
    const boosted = cure(85, 170) / regular;
    expect(boosted).toBeGreaterThan(0.9);
    expect(boosted).toBeLessThan(1.1);
  });
});

/** Backward Euler with 65 nodes and half-second steps, by the Thomas algorithm: shares nothing with the model but the physics. */
function implicitCure(
  { gauge, diffusivity, activation_energy, reference }: CureRecipe,
  outer: (s: number) => number,
  inner: (s: number) => number,
  closedSeconds: number,
) {
  const count = 65;
  const dx = gauge / (count - 1);
  const dt = 0.5;
  const lambda = (diffusivity * dt) / (dx * dx);
  let temperature = new Array<number>(count).fill(30);
  const dose = new Array<number>(count).fill(0);
  let atOpening = 0;
  const rate = (celsius: number) =>
    Math.exp(((activation_energy * 1000) / 8.314462618) * (1 / (reference + 273.15) - 1 / (celsius + 273.15)));
  for (let step = 0; step * dt < closedSeconds + 3600; step++) {
    const s = Math.min((step + 1) * dt, closedSeconds);
    const open = step * dt >= closedSeconds;
    const [ho, hi, to, ti] = open ? [0.08, 0.08, 28, 28] : [8, 0.7, outer(Math.floor(s)), inner(Math.floor(s))];
    const lower = new Array<number>(count).fill(-lambda);
    const upper = new Array<number>(count).fill(-lambda);
    const main = new Array<number>(count).fill(1 + 2 * lambda);
    const right = [...temperature];
    upper[0] = -2 * lambda;
    main[0] = 1 + 2 * lambda * (1 + ho * dx);
    right[0] = (right[0] as number) + 2 * lambda * ho * dx * to;
    lower[count - 1] = -2 * lambda;
    main[count - 1] = 1 + 2 * lambda * (1 + hi * dx);
    right[count - 1] = (right[count - 1] as number) + 2 * lambda * hi * dx * ti;
    for (let i = 1; i < count; i++) {
      const factor = (lower[i] as number) / (main[i - 1] as number);
      main[i] = (main[i] as number) - factor * (upper[i - 1] as number);
      right[i] = (right[i] as number) - factor * (right[i - 1] as number);
    }
    const next = new Array<number>(count);
    next[count - 1] = (right[count - 1] as number) / (main[count - 1] as number);
    for (let i = count - 2; i >= 0; i--)
      next[i] = ((right[i] as number) - (upper[i] as number) * (next[i + 1] as number)) / (main[i] as number);
    temperature = next;
    for (let i = 0; i < count; i++) dose[i] = (dose[i] as number) + (rate(next[i] as number) * dt) / 60;
    if (!open && (step + 1) * dt >= closedSeconds) atOpening = Math.min(...dose);
  }
  return { least: Math.min(...dose), atOpening };
}

describe('the gate tire.cure', () => {
  const lot = { id: 'l', code: 'L-1', unit: 'H87', quantity: '1' };
  const run = (key: string, evaluation: RunEvaluation | null, endedAt: number | null = 1): GateRun => ({
    id: `id-${key}`,
    key,
    equipment: 'e',
    equipmentModel: 'tire.curing-press',
    startedAt: 0,
    endedAt,
    evaluation: evaluation && { ...evaluation, evaluator: 'tire.cure' },
  });
  const check = (runs: GateRun[], schema: string | null = 'tire/passenger@1') =>
    cureGate.check({ lot, runs, specification: schema === null ? null : { schema, value: {} }, facts: {}, config, ...noHistory });

  it('holds for cures that passed and says in which range', () => {
    const answer = check([run('a', judge(11, press(11))), run('b', judge(11, press(11, { mould: 170.5 })))]);
    expect(answer).toMatchObject({
      holds: true,
      evidence: [
        { kind: 'process_run', id: 'id-a' },
        { kind: 'process_run', id: 'id-b' },
      ],
    });
    expect(answer?.words.en).toMatch(/^2 cures passed, [\d.]+–[\d.]+ min equivalent$/);
  });
  it('blocks an under-cured lot and names the run and its numbers', () => {
    const answer = check([run('a', judge(11, press(11))), run('short', judge(7.5, press(7.5)))]);
    expect(answer).toMatchObject({ holds: false, evidence: [{ kind: 'process_run', id: 'id-short' }] });
    expect(answer?.words.en).toMatch(
      /^Run short: [\d.]+ min @150 °C when the press opened, at least 7 needed against blows, Cure equivalent .* at least 17.5 needed$/,
    );
    expect(answer?.words.zh).toContain('过程 short');
  });
  it('blocks what is unfinished, unevaluated or without any cure; says nothing about other lots', () => {
    expect(check([run('a', null)])?.words.en).toBe('Run a has not been evaluated');
    expect(check([run('a', null, null)])?.words.en).toBe('Run a has not ended');
    expect(check([])?.holds).toBe(false);
    expect(check([], 'apparel/shirt@1')).toBeNull();
    expect(check([], null)).toBeNull();
  });
});
