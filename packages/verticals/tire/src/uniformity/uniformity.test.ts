import type { EvaluationInput, GateRun, RunEvaluation } from '@yunfab/core/verticals';
import { chartSchema, noHistory } from '@yunfab/core/verticals';
import { historyOf, type TelemetrySample } from '@yunfab/simulator';
import { describe, expect, it } from 'vitest';
import { configSchema, type TireConfig } from '../config.js';
import { createUniformityMachine, type UniformityFault } from '../simulator/uniformity.js';
import { demoLimits } from '../story.js';
import { evaluateUniformity } from './evaluator.js';
import { findFaults, type GradedTire } from './faults.js';
import { uniformityGate } from './gate.js';
import { gradeOf, outOfOrder } from './limits.js';
import { uniformityMachine } from './machine.js';
import { lateralShift, measureUniformity } from './measure.js';
import { gradePareto, harmonicBars, harmonicScatter, waveformLines } from './pictures.js';

const to = Date.parse('2026-11-22T06:00:00Z');
const config = configSchema.parse({});
const degree = Math.PI / 180;
const revolution = (signal: (angle: number) => number, points = 250) =>
  Array.from({ length: points }, (_, i) => signal((2 * Math.PI * i) / points));

describe('measureUniformity', () => {
  it('tire.md 2: lateral force shifts of 42 N clockwise and −18 N counterclockwise are conicity 12 N and ply steer 30 N', () => {
    expect(lateralShift(42, -18)).toEqual({ conicity: 12, plySteer: 30 });
    const { conicity, plySteer } = measureUniformity({
      radial: { cw: revolution(() => 4500), ccw: revolution(() => 4500) },
      lateral: { cw: revolution((angle) => 42 + 9 * Math.cos(angle)), ccw: revolution((angle) => -18 + 7 * Math.sin(3 * angle)) },
    });
    expect(conicity).toBeCloseTo(12, 9);
    expect(plySteer).toBeCloseTo(30, 9);
  });
  it('tire.md 2: peak-to-peak and harmonics H1 to H10 of the force', () => {
    const radial = revolution((angle) => 4500 + 40 * Math.cos(angle - 1) + 5 * Math.cos(10 * angle - 2));
    const { radial: measured } = measureUniformity({
      radial: { cw: radial, ccw: radial },
      lateral: { cw: revolution(() => 0), ccw: revolution(() => 0) },
    });
    expect(measured.cw.harmonics.map(({ amplitude }) => Math.round(2 * amplitude * 1e6) / 1e6)).toEqual([80, 0, 0, 0, 0, 0, 0, 0, 0, 10]);
    expect(measured.cw.harmonics[0]?.phase).toBeCloseTo(1, 9);
    expect(measured.cw.peakToPeak).toBeGreaterThan(80);
    expect(measured.cw.peakToPeak).toBeLessThanOrEqual(90);
    expect(measured.cw.mean).toBeCloseTo(4500, 9);
  });
});

type Input = EvaluationInput<TireConfig>;

const told = new Map<string, Input[]>();

/** Every whole tire of a history, as the platform hands it to the evaluator. */
function tiresOf(faults: readonly UniformityFault[] = [], hours = 4, seed = 1): Input[] {
  const key = `${faults.join()} ${hours} ${seed}`;
  const known = told.get(key) ?? tellTires(faults, hours, seed);
  told.set(key, known);
  return known;
}

function tellTires(faults: readonly UniformityFault[], hours: number, seed: number): Input[] {
  const messages = [...historyOf(createUniformityMachine({ seed, faults }), { from: to - hours * 3_600_000, to })];
  const samples = messages.flatMap((message): readonly TelemetrySample[] => (message.topic === 'telemetry' ? message.payload : []));
  const events = messages.flatMap((message) => (message.topic === 'event' ? [message.payload] : []));
  let at = 0;
  return events.flatMap((began) => {
    const ended = began.type === 'run_started' ? events.find(({ type, run }) => type === 'run_ended' && run === began.run) : undefined;
    if (!ended) return [];
    const series: Record<string, { ts: number[]; value: number[] }> = {};
    for (; at < samples.length && (samples[at] as TelemetrySample).ts < ended.ts; at++) {
      const { ts, values } = samples[at] as TelemetrySample;
      if (ts < began.ts) continue;
      for (const [signal, value] of Object.entries(values)) {
        if (typeof value !== 'number') continue;
        series[signal] ??= { ts: [], value: [] };
        series[signal].ts.push(ts);
        series[signal].value.push(value);
      }
    }
    const run = { key: began.run as string, program: 'pcr-oe', startedAt: began.ts, endedAt: ended.ts, until: ended.ts };
    return [{ run, samples: series, specification: null, facts: { limits: demoLimits, code: 'pcr-oe', grade: null }, config }];
  });
}

const failed = ({ findings }: RunEvaluation) => findings.filter(({ holds }) => !holds).map(({ code }) => code);
const valueOf = (evaluation: RunEvaluation, name: string) => evaluation.values[name]?.value as number;

function graded(inputs: readonly Input[]): (GradedTire & { grade: number })[] {
  return inputs.map((input) => {
    const evaluation = evaluateUniformity(input);
    return {
      run: input.run.key,
      buildingDrum: valueOf(evaluation, 'building_drum'),
      mould: valueOf(evaluation, 'mould'),
      firstHarmonic: valueOf(evaluation, 'radial_h1'),
      angle: valueOf(evaluation, 'radial_first_harmonic_angle') * degree,
      conicity: valueOf(evaluation, 'conicity'),
      grade: valueOf(evaluation, 'grade'),
    };
  });
}

describe('evaluateUniformity', () => {
  const [input] = tiresOf([], 0.1) as [Input];

  it('grades a tire by the limits of its maker, with values, waveforms and sentences in both languages', () => {
    const evaluation = evaluateUniformity(input);
    expect(evaluation.verdict).toBe('pass');
    expect(evaluation.curves.map(({ name, ts }) => [name, ts.length])).toEqual([
      ['radial_force_cw', 250],
      ['radial_force_ccw', 250],
      ['lateral_force_cw', 250],
      ['lateral_force_ccw', 250],
    ]);
    expect(Object.keys(evaluation.values)).toEqual(expect.arrayContaining(['radial_h1', 'radial_h10', 'lateral_h1', 'lateral_h10']));
    expect(valueOf(evaluation, 'ply_steer')).toBeGreaterThan(10);
    expect(valueOf(evaluation, 'radial_load')).toBeCloseTo(4500, 0);
    expect(evaluation.findings.at(-1)?.words.en).toMatch(/^Grade [ABC]$/);
    for (const { words } of [...evaluation.findings, ...evaluation.curves, ...Object.values(evaluation.values)])
      expect(words.zh).toMatch(/[\u4e00-\u9fff]|H\d/);
  });

  it('fails a tire that misses the grade of the order, and says by which number', () => {
    const strict = demoLimits.map((limits) => (limits.grade === 'A' ? { ...limits, radial_force_variation: 5 } : limits));
    const evaluation = evaluateUniformity({ ...input, facts: { limits: strict, code: 'pcr-oe', grade: 'A' } });
    expect([evaluation.verdict, failed(evaluation)]).toEqual(['fail', ['grade']]);
    expect(evaluation.findings.at(-1)?.words.en).toMatch(/^Grade [BC], A asked for: Radial force variation [\d.]+ N, at most 5 N$/);
    const none = demoLimits.map((limits) => ({ ...limits, conicity: 0.001 }));
    const rejected = evaluateUniformity({ ...input, facts: { limits: none, code: 'pcr-oe', grade: null } });
    expect([rejected.verdict, valueOf(rejected, 'grade')]).toEqual(['fail', 4]);
    expect(rejected.findings.at(-1)?.words.zh).toContain('不合格，要求 合格：锥度效应');
  });

  it('decides nothing without limits, over a lost sample, before the revolution is whole, and while the tire turns', () => {
    const bare = evaluateUniformity({ ...input, facts: { limits: [], code: 'lost', grade: null } });
    expect([bare.verdict, failed(bare)]).toEqual(['inconclusive', ['limits']]);
    const force = input.samples['radial_force_cw'] as { ts: readonly number[]; value: readonly number[] };
    const without = (i: number) => ({ ts: force.ts.toSpliced(i, 1), value: force.value.toSpliced(i, 1) });
    for (const radial_force_cw of [without(100), { ts: [], value: [] }]) {
      const evaluation = evaluateUniformity({ ...input, samples: { ...input.samples, radial_force_cw } });
      expect([evaluation.verdict, failed(evaluation)]).toEqual(['inconclusive', ['samples']]);
      expect(evaluation.values['building_drum']).toBeDefined();
    }
    const doubled = { ts: [...without(100).ts, (force.ts.at(-1) as number) + 4], value: [...without(100).value, 4500] };
    expect(failed(evaluateUniformity({ ...input, samples: { ...input.samples, radial_force_cw: doubled } }))).toEqual(['samples']);
    expect(evaluateUniformity({ ...input, samples: {} }).verdict).toBe('inconclusive');
    const turning = evaluateUniformity({ ...input, samples: {}, run: { ...input.run, endedAt: null } });
    expect([turning.verdict, turning.findings]).toEqual(['inconclusive', []]);
  });

  it('publishes only what the equipment model declares, within its ranges', () => {
    const signals = new Map(uniformityMachine.signals.map((signal) => [signal.name, signal]));
    const machine = createUniformityMachine({ faults: ['splice_open', 'drum_offset'] });
    for (const message of historyOf(machine, { from: to - 900_000, to })) {
      if (message.topic !== 'telemetry') continue;
      for (const { values } of message.payload)
        for (const [name, value] of Object.entries(values)) {
          const range = signals.get(name)?.range;
          expect(signals.get(name)?.kind, name).toBe(typeof value === 'string' ? 'text' : typeof value);
          if (range) expect(Number(value) >= range.low && Number(value) <= range.high, `${name} ${value}`).toBe(true);
        }
    }
  });
});

describe('limits', () => {
  it('give the best grade whose every limit holds', () => {
    const figures = { radial_force_variation: 90, radial_first_harmonic: 30, lateral_force_variation: 40, conicity: 20 };
    expect(gradeOf(figures, demoLimits)).toBe('B');
    expect(gradeOf({ ...figures, conicity: 500 }, demoLimits)).toBeNull();
    expect(gradeOf(figures, [])).toBeNull();
  });
  it('of a better grade allow no more than those of a worse one', () => {
    const [a, b] = demoLimits as [(typeof demoLimits)[number], (typeof demoLimits)[number]];
    expect(outOfOrder(a, [b])).toBeNull();
    expect(outOfOrder({ ...a, conicity: 1000 }, [b])).toEqual({ grade: 'B', figure: 'conicity' });
    expect(outOfOrder({ ...b, radial_force_variation: 1 }, [a])).toEqual({ grade: 'A', figure: 'radial_force_variation' });
  });
});

describe('the machine at fault', () => {
  const named = (faults: readonly UniformityFault[], seed: number) =>
    findFaults(graded(tiresOf(faults, 4, seed))).map(({ kind, machine, number }) => `${kind} ${machine} ${number}`);

  it.each([1, 2, 3])('is nobody where nothing is wrong (seed %i)', (seed) => expect(named([], seed)).toEqual([]));
  it.each([2, 3])('is building drum 2 when its splice is open (seed %i)', (seed) =>
    expect(named(['splice_open'], seed)).toEqual(['first_harmonic building_drum 2']),
  );
  it('is building drum 3 when it is off its centre, and mould 4 when it runs out', () => {
    expect(named(['drum_offset'], 1)).toEqual(['conicity building_drum 3']);
    expect(named(['mould_runout'], 1)).toEqual(['first_harmonic mould 4']);
    expect(named(['splice_open', 'drum_offset', 'mould_runout'], 2).toSorted()).toEqual([
      'conicity building_drum 3',
      'first_harmonic building_drum 2',
      'first_harmonic mould 4',
    ]);
  });
  it('says with which statistics: where the high points gather, how big, how likely by chance', () => {
    const [fault] = findFaults(graded(tiresOf(['splice_open'])));
    expect(fault?.words.en).toMatch(
      /^Look at the splice of building drum 2: the high points of \d+ tires gather at 1[12]\d°, \d+(\.\d)? N in common \(Rayleigh r 0\.[89]\d, p < 1e-12\)$/,
    );
    expect(fault?.angle).toBeCloseTo(2.1 / degree, -1);
    const [shifted] = findFaults(graded(tiresOf(['drum_offset'])));
    expect(shifted?.size).toBeGreaterThan(26);
    expect(shifted?.size).toBeLessThan(38);
    expect(shifted?.words.zh).toMatch(/^请检查成型鼓 3 的对中：\d+ 条轮胎的锥度效应偏移/);
  });
  it('is not the mould that got the tires of a bad drum: drum 2 fed mould 1 alone', () => {
    const noise = (i: number) => ((i * 7919) % 997) / 997;
    const tires = Array.from({ length: 120 }, (_, i): GradedTire => {
      const drum = (i % 3) + 1;
      return {
        run: String(i),
        buildingDrum: drum,
        mould: drum === 2 || i % 2 === 0 ? 1 : 2,
        firstHarmonic: 50,
        angle: drum === 2 ? 1 + 0.2 * noise(i) : 2 * Math.PI * noise(i),
        conicity: 10 * noise(i + 1),
      };
    });
    expect(findFaults(tires).map(({ machine, number }) => [machine, number])).toEqual([['building_drum', 2]]);
  });
  it('is not looked for among too few tires', () => {
    expect(findFaults([])).toEqual([]);
    expect(findFaults(graded(tiresOf(['splice_open'])).slice(0, 9))).toEqual([]);
  });
});

describe('pictures', () => {
  const tires = graded(tiresOf(['splice_open'], 1));
  it('are charts that the console draws: a point a tire by drum, moulds by what they missed, bars of H1 to H10, four waveforms', () => {
    const scatter = harmonicScatter(tires);
    expect(scatter.series.reduce((sum, { points }) => sum + points.length, 0)).toBe(tires.length);
    expect(scatter.series.map(({ words }) => words.en)).toEqual(['Drum 1', 'Drum 2', 'Drum 3']);
    const pareto = gradePareto([
      { mould: 1, grade: 1 },
      { mould: 2, grade: 2 },
      { mould: 2, grade: 4 },
      { mould: 1, grade: 3 },
    ]);
    expect(pareto.series.map(({ words, points }) => [words.en, points])).toEqual([
      [
        'Grade B',
        [
          ['2', 1],
          ['1', 0],
        ],
      ],
      [
        'Grade C',
        [
          ['2', 0],
          ['1', 1],
        ],
      ],
      [
        'Rejected',
        [
          ['2', 1],
          ['1', 0],
        ],
      ],
    ]);
    const evaluation = evaluateUniformity(tiresOf([], 0.1)[0] as Input);
    const [bars, lines] = [harmonicBars(evaluation.values), waveformLines(evaluation.curves)];
    expect(bars.series[0]?.points[0]).toEqual(['H1', valueOf(evaluation, 'radial_h1')]);
    expect(lines.series).toHaveLength(4);
    for (const chart of [scatter, pareto, bars, lines]) expect(chartSchema.parse(chart)).toEqual(chart);
  });
});

describe('the gate tire.uniformity', () => {
  const lot = { id: 'l', code: 'L-1', unit: 'H87', quantity: '2' };
  const run = (key: string, verdict: 'pass' | 'fail'): GateRun => ({
    id: key,
    key,
    equipment: 'e',
    equipmentModel: 'tire.uniformity-machine',
    startedAt: 0,
    endedAt: 1,
    evaluation: { verdict, values: {}, curves: [], findings: [], evaluator: 'tire.uniformity' },
  });
  const check = (runs: GateRun[], value: object = { uniformity_grade: 'A' }) =>
    uniformityGate.check({ lot, runs, specification: { schema: 'tire/passenger@1', value }, facts: {}, config, ...noHistory });

  it('asks for as many tires of the grade as the lot holds, and for nothing where the order does not', () => {
    expect(check([run('a', 'pass'), run('b', 'pass')])).toMatchObject({ holds: true, words: { en: '2 tires reached grade A' } });
    const short = check([run('a', 'pass'), run('b', 'fail')]);
    expect(short).toMatchObject({ holds: false, evidence: [{ kind: 'process_run', id: 'b' }] });
    expect(short?.words.en).toBe('1 of 2 tires reached grade A, 2 were measured');
    expect(check([], {})).toBeNull();
  });
});
