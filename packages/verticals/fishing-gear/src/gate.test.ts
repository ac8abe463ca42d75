import { type GateRun, noHistory } from '@yunfab/core/verticals';
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
const check = (runs: readonly GateRun[], schema: string | null = 'fishing-gear/blank@1', cures: readonly GateRun[] = []) =>
  blankGate.check({
    ...noHistory,
    lot: { id: 'l', code: 'L-1', unit: 'H87', quantity: '10' },
    runs,
    specification: schema === null ? null : { schema, value: {} },
    config: configSchema.parse({}),
    facts: { cures },
  });

describe('the gate of a lot of blanks', () => {
  it('has nothing to say of other lots', () => {
    expect(check([], null)).toBeNull();
    expect(check([], 'tire/passenger@1')).toBeNull();
  });
  it('wants a cure and a bench run', () => {
    expect(check([])).toMatchObject({ holds: false, words: { en: 'No oven cure stands behind lot L-1; charge it into its oven run' } });
    expect(check([run('c', oven as string, 'pass')])).toMatchObject({
      holds: false,
      words: { zh: '批次 L-1 没有挠度试验记录；请在工单指定的试验台上试验' },
    });
    expect(check([run('b', bench as string, 'pass')])).toMatchObject({ holds: false });
  });
  it('takes a cure that the lot shared with others, once', () => {
    const cure = run('c', oven as string, 'pass');
    const tested = run('b', bench as string, 'pass');
    expect(check([tested], undefined, [cure])).toMatchObject({ holds: true });
    expect(check([cure, tested], undefined, [cure])).toMatchObject({ words: { en: '1 cure and 1 bench run passed, ERN 5.2–5.2' } });
    expect(check([tested], undefined, [run('c2', oven as string, 'fail')])).toMatchObject({ holds: false, evidence: [{ id: 'c2' }] });
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
