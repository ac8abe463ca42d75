import type { GateInput, GateRun } from '@yunfab/core/verticals';
import { describe, expect, it } from 'vitest';
import { configSchema } from './config.js';
import { blankGate } from './gate.js';

const run = (id: string, equipmentModel: string, verdict: 'pass' | 'fail' | null, more: Partial<GateRun> = {}): GateRun => ({
  id,
  key: id,
  equipment: 'e',
  equipmentModel,
  startedAt: 0,
  endedAt: 1,
  evaluation: verdict && {
    evaluator: 'fishing-gear.bench',
    verdict,
    values: { ern: { value: 5.2, unit: '1', words: { en: 'ERN', zh: 'ERN' } } },
    curves: [],
    findings: [{ code: 'ern', holds: verdict === 'pass', words: { en: 'ERN 4.1', zh: 'ERN 4.1' } }],
  },
  ...more,
});
const [oven, bench] = ['fishing-gear.curing-oven', 'fishing-gear.deflection-bench'];
const check = (runs: readonly GateRun[], schema: string | null = 'fishing-gear/blank@1') =>
  blankGate.check({
    lot: { id: 'l', code: 'L-1', unit: 'H87', quantity: '10' },
    runs,
    specification: schema === null ? null : { schema, value: {} },
    config: configSchema.parse({}),
    facts: {},
  } as unknown as GateInput<ReturnType<typeof configSchema.parse>>);

describe('the gate of a lot of blanks', () => {
  it('has nothing to say of other lots', () => {
    expect(check([], null)).toBeNull();
    expect(check([], 'tire/passenger@1')).toBeNull();
  });
  it('wants a cure and a bench run', () => {
    expect(check([])).toMatchObject({ holds: false, words: { en: 'No oven cure stands behind lot L-1; bind its runs to it' } });
    expect(check([run('c', oven as string, 'pass')])).toMatchObject({
      holds: false,
      words: { zh: '批次 L-1 没有挠度试验记录；请将过程关联到该批次' },
    });
    expect(check([run('b', bench as string, 'pass')])).toMatchObject({ holds: false });
  });
  it('wants each of them passed, and names those that did not', () => {
    const good = [run('c', oven as string, 'pass'), run('b', bench as string, 'pass')];
    expect(check(good)).toEqual({
      holds: true,
      words: { en: '1 cure and 1 bench run passed, ERN 5.2–5.2', zh: '1 次固化、1 次挠度试验全部合格，ERN 5.2–5.2' },
      evidence: [
        { kind: 'process_run', id: 'c' },
        { kind: 'process_run', id: 'b' },
      ],
    });
    expect(check([...good, run('b2', bench as string, 'fail')])).toMatchObject({
      holds: false,
      words: { en: 'Run b2: ERN 4.1' },
      evidence: [{ kind: 'process_run', id: 'b2' }],
    });
    expect(check([...good, run('b3', bench as string, null)])).toMatchObject({ words: { en: 'Run b3 has not been evaluated' } });
    expect(check([...good, run('b4', bench as string, null, { endedAt: null })])).toMatchObject({ words: { zh: '过程 b4 尚未结束' } });
  });
});
