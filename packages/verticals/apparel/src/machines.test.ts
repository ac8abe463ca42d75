import type { RunEvaluation, SampleSeries } from '@yunfab/core/verticals';
import type { Machine, MachineOptions } from '@yunfab/simulator';
import { describe, expect, it } from 'vitest';
import { configSchema } from './config.js';
import { cutEvaluator } from './cutting-room/cut.js';
import { createCutter } from './cutting-room/cutter-machine.js';
import { demoLay } from './cutting-room/lay.js';
import { cutter, spreader } from './cutting-room/models.js';
import { spreadEvaluator } from './cutting-room/spread.js';
import { createSpreader } from './cutting-room/spreader-machine.js';
import { createGarmentPress } from './pressing/machine.js';
import { garmentPress, pressingEvaluator } from './pressing/press.js';
import { createSewingStation } from './sewing/machine.js';
import { sewingEvaluator } from './sewing/pass.js';
import { sewingStation } from './sewing/station.js';

const config = configSchema.parse({});
const kinds = {
  spread: { make: createSpreader, evaluator: spreadEvaluator, model: spreader },
  cut: { make: createCutter, evaluator: cutEvaluator, model: cutter },
  sew: { make: createSewingStation, evaluator: sewingEvaluator, model: sewingStation },
  press: { make: createGarmentPress, evaluator: pressingEvaluator, model: garmentPress },
} as const;
type Kind = keyof typeof kinds;

interface PlayedRun {
  readonly key: string;
  readonly program: string | null;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** What a machine says in its second cycle, as the platform would have it. */
function play(
  machine: Machine,
  unknown = (_second: number) => false,
): { readonly run: PlayedRun; readonly samples: Record<string, SampleSeries> } {
  const cycle = machine.cycleSeconds();
  const samples: Record<string, { ts: number[]; value: number[] }> = {};
  let open: Omit<PlayedRun, 'endedAt'> | null = null;
  let run: PlayedRun | null = null;
  for (let second = 1; second <= cycle * 3 && !run; second++) {
    const ts = Date.UTC(2026, 10, 28) + second * 1000;
    const { values, events } = machine.next(ts);
    for (const event of events) {
      if (event.type === 'run_started' && second > cycle)
        open = { key: event.run as string, program: (event['program'] as string | undefined) ?? null, startedAt: ts };
      if (event.type === 'run_ended' && open) run = { ...open, endedAt: ts };
    }
    if (!open || unknown(second)) continue;
    for (const [name, value] of Object.entries(values ?? {})) {
      if (typeof value === 'string') continue;
      const series = (samples[name] ??= { ts: [], value: [] });
      series.ts.push(ts);
      series.value.push(Number(value));
    }
  }
  if (!run) throw new Error('the machine ended no run');
  return { run, samples };
}

function judge(
  kind: Kind,
  options: Partial<MachineOptions> = {},
  { lay = demoLay as typeof demoLay | null, unknown = undefined as ((second: number) => boolean) | undefined } = {},
): RunEvaluation {
  const { make, evaluator } = kinds[kind];
  const { run, samples } = play(make({ seed: 7, program: undefined, faults: [], ...options }), unknown);
  return evaluator.evaluate({ run: { ...run, until: run.endedAt }, samples, specification: null, facts: { lay }, config });
}
const failed = ({ findings }: RunEvaluation) => findings.filter(({ holds }) => !holds).map(({ code }) => code);

describe('a sound machine', () => {
  it.each(Object.keys(kinds) as Kind[])('%s passes', (kind) => {
    for (const seed of [1, 2, 3]) {
      const evaluation = judge(kind, { seed });
      expect(failed(evaluation)).toEqual([]);
      expect(evaluation.verdict).toBe('pass');
    }
  });
  it.each(Object.entries(kinds))('%s sends what its model declares, within its ranges', (_kind, { make, model }) => {
    const machine = make({ seed: 3, program: undefined, faults: [] });
    const sent = new Set<string>();
    for (let second = 1; second <= machine.cycleSeconds(); second++)
      for (const [name, value] of Object.entries(machine.next(second * 1000).values ?? {})) {
        const signal = model.signals.find((each) => each.name === name);
        sent.add(name);
        expect(typeof value).toBe(signal?.kind === 'text' ? 'string' : signal?.kind);
        if (signal?.kind === 'text' && signal.values) expect(Object.keys(signal.values)).toContain(value);
        if (signal?.range && typeof value === 'number') {
          expect(value).toBeGreaterThanOrEqual(signal.range.low);
          expect(value).toBeLessThanOrEqual(signal.range.high);
        }
      }
    expect([...sent].toSorted()).toEqual(model.signals.map(({ name }) => name).toSorted());
  });
});

describe('a fault is found, and nothing else', () => {
  it.each([
    ['spread', 'tension_drift', ['tension']],
    ['spread', 'mixed_shade', ['shade']],
    ['cut', 'dull_blade', ['blade']],
    ['sew', 'thread_breaks', ['thread_breaks']],
    ['press', 'cold_iron', ['temperature']],
    ['spread', 'dull_blade', []],
  ] as const)('%s with %s', (kind, fault, codes) => {
    for (const seed of [1, 2, 3]) {
      const evaluation = judge(kind, { seed, faults: [fault], ...(kind === 'sew' ? { program: 'shirt/collar-attach' } : {}) });
      expect(failed(evaluation)).toEqual(codes);
      expect(evaluation.verdict).toBe(codes.length === 0 ? 'pass' : 'fail');
    }
  });
  it('is switched on and off while it runs', () => {
    const machine = createGarmentPress({ seed: 1, program: undefined, faults: ['cold_iron'] });
    machine.setFault('cold_iron', false);
    const { run, samples } = play(machine);
    expect(
      pressingEvaluator.evaluate({ run: { ...run, until: run.endedAt }, samples, specification: null, facts: {}, config }).verdict,
    ).toBe('pass');
  });
});

describe('an evaluator', () => {
  it('compares with the lay that was planned: plies, their length, the marker', () => {
    expect(failed(judge('spread', {}, { lay: { ...demoLay, plies: 13 } }))).toEqual(['plies']);
    expect(failed(judge('spread', {}, { lay: { ...demoLay, length: 6.6 } }))).toEqual(['ply_length']);
    expect(failed(judge('cut', {}, { lay: { ...demoLay, cut_length: 200 } }))).toEqual(['cut_length']);
  });
  it('has the fabric and the plies in its values: 12 plies of 6.4 m', () => {
    const { values } = judge('spread');
    expect(values['plies']?.value).toBe(12);
    expect(values['fabric']?.value).toBeGreaterThan(12 * 6.4);
    expect(values['fabric']?.value).toBeLessThan(12 * 6.46);
  });
  it('is inconclusive without a plan, without samples, without an operation, and while it runs', () => {
    expect(judge('spread', {}, { lay: null })).toMatchObject({ verdict: 'inconclusive' });
    expect(judge('cut', {}, { unknown: (second) => second % 100 > 70 })).toMatchObject({ verdict: 'inconclusive' });
    const { run, samples } = play(createSewingStation({ seed: 1, program: undefined, faults: [] }));
    const of = (more: object) =>
      sewingEvaluator.evaluate({ run: { ...run, until: run.endedAt, ...more }, samples, specification: null, facts: {}, config });
    expect(of({ program: 'shirt/knit' }).verdict).toBe('inconclusive');
    expect(of({ endedAt: null }).verdict).toBe('inconclusive');
    expect(of({}).verdict).toBe('pass');
  });
  it('counts thread breaks per 1000 stitches', () => {
    const series = (values: number[]) => ({ ts: values.map((_, i) => i * 1000), value: values });
    const rate = (stitches: number, breaks: number) =>
      sewingEvaluator.evaluate({
        run: { key: 'r', program: 'shirt/side', startedAt: 0, endedAt: 2000, until: 2000 },
        samples: {
          stitches: series([0, stitches, stitches]),
          thread_breaks: series([0, breaks, breaks]),
          sewing_speed: series([0, 3000, 0]),
        },
        specification: null,
        facts: {},
        config,
      });
    expect(rate(4000, 6).values['breaks_per_1000']?.value).toBe(1.5);
    expect(rate(4000, 4).verdict).toBe('pass');
    expect(rate(4000, 5).verdict).toBe('fail');
    expect(rate(200, 1).verdict).toBe('pass');
    expect(rate(200, 2).verdict).toBe('fail');
  });
});
