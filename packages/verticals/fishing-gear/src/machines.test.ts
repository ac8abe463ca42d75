import type { EvaluationInput, SampleSeries } from '@yunfab/core/verticals';
import type { Machine, MachineOptions } from '@yunfab/simulator';
import { describe, expect, it } from 'vitest';
import { evaluateBench } from './bench/evaluator.js';
import { configSchema, type FishingGearConfig } from './config.js';
import { demoDesigns, demoPrepregs } from './demo-catalogue.js';
import { curingOven, deflectionBench, rollingTable } from './equipment.js';
import { evaluateCure } from './oven/evaluator.js';
import { createBench } from './simulator/bench.js';
import { machineFaults } from './simulator/faults.js';
import { createOven } from './simulator/oven.js';
import { createRollingTable } from './simulator/rolling-table.js';

const config = configSchema.parse({});
const [fly] = demoDesigns;
if (!fly) throw new Error('a design');

interface Told {
  readonly run: EvaluationInput['run'];
  readonly samples: Record<string, SampleSeries>;
  readonly events: readonly { readonly type: string }[];
}

/** The first whole run that a machine tells. */
function firstRun(machine: Machine): Told {
  const samples: Record<string, { ts: number[]; value: number[] }> = {};
  const events: { type: string }[] = [];
  let run: { key: string; program: string | null; startedAt: number } | null = null;
  for (let second = 1; second <= machine.cycleSeconds(); second++) {
    const ts = 1_770_000_000_000 + second * 1000;
    const { values, events: said } = machine.next(ts);
    for (const [signal, value] of Object.entries(values ?? {})) {
      const series = (samples[signal] ??= { ts: [], value: [] });
      series.ts.push(ts);
      series.value.push(value as number);
    }
    for (const event of said) {
      events.push(event);
      if (event.type === 'run_started') run = { key: String(event.run), program: String(event['program']), startedAt: ts };
      if (event.type === 'run_ended' && run) return { run: { ...run, endedAt: ts, until: ts }, samples, events };
    }
  }
  throw new Error('no run ended within its cycle');
}

const options = (faults: readonly string[] = [], seed = 1): MachineOptions => ({ seed, program: fly.code, faults });
const facts = { design: fly, prepregs: demoPrepregs };
const ordered = {
  schema: 'fishing-gear/blank@1',
  value: { design: fly.code, length: fly.length, sections: 4, ern: 5.3, action_angle: 65.4 },
};
const judge = (told: Told, more: Partial<EvaluationInput<FishingGearConfig>> = {}) =>
  evaluateBench({ ...told, specification: null, facts, config, ...more });
const failed = ({ findings }: { findings: readonly { code: string; holds: boolean }[] }) =>
  findings.filter(({ holds }) => !holds).map(({ code }) => code);

describe('a bench run', () => {
  it.each([1, 2, 3])('of a good blank passes, near its lay-up (seed %d)', (seed) => {
    const result = judge(firstRun(createBench(options([], seed))), { specification: ordered });
    expect(failed(result)).toEqual([]);
    expect(result.verdict).toBe('pass');
    expect(result.values['ern']?.value).toBeCloseTo(5.34, 0);
    expect(result.values['action_angle']?.value).toBeCloseTo(65.4, -0.1);
    expect(result.values['deviation']?.value).toBeLessThan(20);
    expect(result.curves.map(({ name }) => name)).toEqual(['load', 'measured_deflection', 'model_deflection', 'model_angle']);
  });

  it('of a blank with wraps missing at the butt fails and says which end is soft', () => {
    const result = judge(firstRun(createBench(options(['soft_butt']))), { specification: ordered });
    expect(result.verdict).toBe('fail');
    expect(failed(result)).toEqual(expect.arrayContaining(['ern', 'butt_stiffness']));
    expect(failed(result)).not.toContain('tip_stiffness');
    expect(result.values['butt_stiffness']?.value).toBeLessThan(84);
  });

  it('with a load cell that drifts says nothing of the blank', () => {
    const result = judge(firstRun(createBench(options(['drifting_load_cell']))));
    expect(result.verdict).toBe('inconclusive');
    expect(failed(result)).toContain('load_cell');
  });

  it('that goes on, has gaps, does not reach a third or has no design is not decided', () => {
    const told = firstRun(createBench(options()));
    expect(judge({ ...told, run: { ...told.run, endedAt: null } }).verdict).toBe('inconclusive');
    const holed = Object.fromEntries(
      Object.entries(told.samples).map(([name, { ts, value }]) => [
        name,
        { ts: [...ts.slice(0, 140), ...ts.slice(160)], value: [...value.slice(0, 140), ...value.slice(160)] },
      ]),
    );
    expect(failed(judge({ ...told, samples: holed }))).toContain('samples');
    const shallow = {
      ...told.samples,
      tip_deflection: {
        ts: told.samples['tip_deflection']?.ts ?? [],
        value: told.samples['tip_deflection']?.value.map((drop) => drop / 2) ?? [],
      },
    };
    expect(judge({ ...told, samples: shallow })).toMatchObject({ verdict: 'inconclusive', values: {} });
    expect(judge(told, { facts: { design: null, prepregs: [] } })).toMatchObject({
      verdict: 'inconclusive',
      findings: [{ code: 'design' }],
    });
    expect(judge({ ...told, samples: {} })).toMatchObject({ verdict: 'inconclusive', curves: [] });
  });

  it('of another design than the order names fails', () => {
    const other = { ...ordered, value: { ...ordered.value, design: 'OTHER' } };
    expect(failed(judge(firstRun(createBench(options())), { specification: other }))).toEqual(['program']);
  });
});

describe('an oven cure', () => {
  const cure = (faults: readonly string[], more: object = {}) => {
    const told = firstRun(createOven(options(faults)));
    return evaluateCure({ ...told, specification: null, facts, config, ...more });
  };
  it('in its window passes', () => {
    const result = cure([]);
    expect(failed(result)).toEqual([]);
    expect(result.verdict).toBe('pass');
    expect(result.values['cure_equivalent']?.value).toBeGreaterThan(60);
    expect(result.values['cure_equivalent']?.value).toBeLessThan(90);
    expect(result.values['ramp']?.value).toBeGreaterThan(2);
  });
  it('that is too short fails by its dose', () => {
    const result = cure(['short_cure']);
    expect(result.verdict).toBe('fail');
    expect(failed(result)).toEqual(['dwell']);
  });
  it('that heats too fast or too far fails', () => {
    const strict = { ...facts, design: { ...fly, cure: { ...fly.cure, ramp: 1, ceiling: 120 } } };
    expect(failed(cure([], { facts: strict }))).toEqual(['ramp', 'ceiling']);
  });
  it('whose thermocouple stands still says nothing', () => {
    const told = firstRun(createOven(options()));
    const core = told.samples['mandrel_core'] as SampleSeries;
    const stuck = {
      ...told.samples,
      mandrel_core: { ts: core.ts, value: core.value.map((value, i) => (i > 2000 && i < 2400 ? 99 : value)) },
    };
    expect(evaluateCure({ ...told, samples: stuck, specification: null, facts, config })).toMatchObject({ verdict: 'inconclusive' });
  });
});

describe('the machines', () => {
  it.each([
    [deflectionBench, createBench(options())],
    [curingOven, createOven(options())],
    [rollingTable, createRollingTable(options())],
  ] as const)('publish what $0.id declares, within its range', (model, machine) => {
    const ranges = new Map(model.signals.map(({ name, range }) => [name, range]));
    for (let second = 1; second < 2 * machine.cycleSeconds(); second++)
      for (const [name, value] of Object.entries(machine.next(second * 1000).values ?? {})) {
        const range = ranges.get(name);
        expect(range, name).toBeDefined();
        expect(value).toBeGreaterThanOrEqual(range?.low ?? Number.NaN);
        expect(value).toBeLessThanOrEqual(range?.high ?? Number.NaN);
      }
  });
  it('do the same again from the same seed, and end each cycle with a run', () => {
    const [one, two] = [firstRun(createBench(options(['soft_butt'], 7))), firstRun(createBench(options(['soft_butt'], 7)))];
    expect(one).toEqual(two);
    expect(one.events.map(({ type }) => type)).toEqual(['run_started', 'run_ended']);
  });
  it('refuse a design that they do not know', () => {
    expect(() => createBench({ seed: 1, program: 'nothing', faults: [] })).toThrow(/knows no design/);
    expect(Object.keys(machineFaults)).toEqual(['soft_butt', 'drifting_load_cell', 'short_cure']);
  });
});
