import { type GateInput, type GateRun, noHistory, type Verdict } from '@yunfab/core/verticals';
import { describe, expect, it } from 'vitest';
import type { MedicalDeviceConfig } from '../config.js';
import { historyGate } from './gate.js';

const run = (verdict: Verdict): GateRun => ({
  id: `run-${verdict}`,
  key: verdict,
  equipment: 'e',
  equipmentModel: 'medical-device.steam-sterilizer',
  startedAt: 0,
  endedAt: 1,
  evaluation: { evaluator: 'medical-device.steam-cycle', verdict, values: {}, curves: [], findings: [] },
});
const whole: GateInput<MedicalDeviceConfig> = {
  ...noHistory,
  lot: { id: 'lot', code: 'L1', unit: 'H87', quantity: '24' },
  runs: [run('pass')],
  materials: [{ id: 'material', kind: 'lot', code: 'M1', quantity: '5', unit: 'KGM', position: null }],
  specification: { schema: 'medical-device/device@1', value: { sterile: true } },
  facts: {
    label: { id: 'label', printed: '(01)06901234567892(10)L1' },
    inspection: { activity: 'a', sampled: 20, defects: 0, accepted: 0 },
  },
  config: { steamTolerance: 2 },
};
const missing = (change: Partial<GateInput<MedicalDeviceConfig>>) => historyGate.check({ ...whole, ...change });

describe('21 CFR 820.184 device history record', () => {
  it('is complete by its evidence, which it names', () => {
    expect(historyGate.check(whole)).toEqual({
      holds: true,
      words: { en: 'Complete: (01)06901234567892(10)L1', zh: '完整：(01)06901234567892(10)L1' },
      evidence: [
        { kind: 'process_run', id: 'run-pass' },
        { kind: 'lot', id: 'lot' },
        { kind: 'lot', id: 'material' },
        { kind: 'activity', id: 'a' },
      ],
    });
  });
  it('names everything that is missing', () => {
    expect(missing({ runs: [], materials: [], facts: { label: null, inspection: null } })?.words).toEqual({
      en: 'Missing: a sterilization cycle; the UDI of the lot; material lots issued into it; an inspection',
      zh: '缺少：灭菌周期；批次的 UDI；投入的物料批次；检验记录',
    });
  });
  it('is not completed by a cycle or an inspection that failed', () => {
    expect(missing({ runs: [run('pass'), run('inconclusive')] })?.words.en).toBe('Missing: a pass of 1 of 2 sterilization cycles');
    const inspection = { activity: 'a', sampled: 20, defects: 2, accepted: 1 };
    expect(missing({ facts: { ...whole.facts, inspection } })?.words.en).toBe('Missing: a passed inspection (2 defects in 20, 1 accepted)');
  });
  it('asks no cycle of what is not delivered sterile, and nothing of other goods', () => {
    expect(missing({ runs: [], specification: { schema: 'medical-device/device@1', value: { sterile: false } } })?.holds).toBe(true);
    expect(missing({ specification: { schema: 'tire/passenger@1', value: {} } })).toBeNull();
  });
});
