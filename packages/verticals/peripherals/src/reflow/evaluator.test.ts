import { createScript } from '@yunfab/simulator';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../config.js';
import { createOven } from '../simulator/oven.js';
import { evaluateReflow } from './evaluator.js';

const config = configSchema.parse({});
const t0 = Date.UTC(2026, 10, 2, 8);

/** One pass as the platform gets it from the simulated oven. */
function pass(
  faults: readonly string[] = [],
  { program, keep = () => true }: { program?: string; keep?: (second: number) => boolean } = {},
) {
  const oven = createOven({ seed: 5, program, faults });
  const script = createScript(oven);
  const samples = {
    board_temperature: { ts: [] as number[], value: [] as number[] },
    conveyor_speed: { ts: [] as number[], value: [] as number[] },
  };
  let run = { key: '', program: null as string | null, startedAt: 0, endedAt: null as number | null, until: 0 };
  const cycle = oven.cycleSeconds();
  // The second pass: a zone that fails has become cold by then.
  for (let second = 1; second <= 2 * cycle && run.endedAt === null; second++) {
    const ts = t0 + second * 1000;
    const { samples: sent, events } = script.at(ts);
    const sample = sent.at(-1);
    for (const event of events) {
      if (event.type === 'run_started' && second > cycle)
        run = { ...run, key: event.run as string, startedAt: ts, program: event['program'] as string };
      if (event.type === 'run_ended' && run.startedAt > 0) run = { ...run, endedAt: ts };
    }
    run = { ...run, until: ts };
    for (const name of ['board_temperature', 'conveyor_speed'] as const) {
      const value = sample?.values[name];
      if (typeof value === 'number' && keep(second - cycle)) {
        samples[name].ts.push(ts);
        samples[name].value.push(value);
      }
    }
  }
  return { run, samples, specification: null, facts: {}, config };
}

const failed = (input: ReturnType<typeof pass>) =>
  evaluateReflow(input)
    .findings.filter(({ holds }) => !holds)
    .map(({ code }) => code);

describe('a reflow pass', () => {
  it.each(['sac305-mainboard', 'sac305-interface'])('of the program %s passes', (program) => {
    const evaluation = evaluateReflow(pass([], { program }));
    expect(evaluation.findings.filter(({ holds }) => !holds)).toEqual([]);
    expect(evaluation.verdict).toBe('pass');
    const { peak, above_liquidus, soak } = evaluation.values;
    expect(peak?.value).toBeGreaterThan(240);
    expect(above_liquidus?.value).toBeGreaterThan(65);
    expect(soak?.value).toBeLessThan(110);
  });
  it('fails with a cold peak zone: the peak is below 235 °C', () => {
    expect(failed(pass(['low_zone']))).toContain('peak');
    expect(evaluateReflow(pass(['low_zone'])).verdict).toBe('fail');
  });
  it('fails on a fast conveyor: too short above liquidus', () => {
    expect(failed(pass(['fast_conveyor']))).toContain('above_liquidus');
  });
  it('decides nothing by a thermocouple that stands still, by missing samples, or before its end', () => {
    expect(evaluateReflow(pass(['stuck_thermocouple'])).verdict).toBe('inconclusive');
    expect(failed(pass(['stuck_thermocouple']))).toContain('thermocouple');
    expect(failed(pass([], { keep: (second) => second < 100 || second > 130 }))).toEqual(['samples']);
    const whole = pass();
    const under = { ...whole, run: { ...whole.run, endedAt: null } };
    expect(evaluateReflow(under).verdict).toBe('inconclusive');
    expect(evaluateReflow({ ...whole, samples: {} })).toMatchObject({ verdict: 'inconclusive', values: {}, curves: [] });
  });
  it('follows the limits of the operator', () => {
    const strict = configSchema.parse({ reflow: { peakHigh: 240 } });
    expect(evaluateReflow({ ...pass(), config: strict }).verdict).toBe('fail');
  });
});
