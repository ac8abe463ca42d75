import { noHistory } from '@yunfab/core/verticals';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../config.js';
import { type UnitFacts, type UnitProof, unitGate } from './gate.js';

const proof = (unit: string, required: string[], more: Partial<UnitProof> = {}): UnitProof => ({
  unit,
  required,
  bound: required,
  boards: [],
  runs: [],
  ...more,
});
const whole: UnitFacts = {
  proofs: [
    proof('p1', ['MB1', 'PH1'], { boards: ['b1', 'heads'] }),
    proof('b1', ['U1', 'C12'], { runs: [{ id: 'r1', key: 'r-1', verdict: 'pass' }] }),
  ],
  firmware: { p1: '2.4.1' },
  tests: { p1: true },
};
const check = (facts: Partial<UnitFacts>, more: { quantity?: string; firmware?: string; schema?: string | null } = {}) =>
  unitGate.check({
    ...noHistory,
    lot: { id: 'l', code: 'L-1', unit: 'H87', quantity: more.quantity ?? '1' },
    units: [{ id: 'p1', serial: 'HY-0001' }],
    runs: [],
    specification:
      more.schema === null ? null : { schema: more.schema ?? 'peripherals/printer@1', value: { firmware: more.firmware ?? '2.4.1' } },
    config: configSchema.parse({}),
    facts: { ...whole, ...facts },
  });
const said = (...given: Parameters<typeof check>) => check(...given)?.words.en;

describe('the gate of a lot of printers', () => {
  it('holds when nothing is missing, on the evidence of the reflow runs', () => {
    expect(check({})).toMatchObject({ holds: true, evidence: [{ kind: 'process_run', id: 'r1' }] });
  });
  it('has nothing to say of other lots', () => {
    expect(check({}, { schema: null })).toBeNull();
    expect(check({}, { schema: 'tire/passenger@1' })).toBeNull();
  });
  it('names what is missing', () => {
    const [printer, board] = whole.proofs as [UnitProof, UnitProof];
    expect(said({ proofs: [printer, { ...board, bound: ['U1'] }] })).toBe('HY-0001: nothing bound to C12');
    expect(said({ proofs: [] })).toBe('HY-0001: no parts recorded');
    expect(said({ proofs: [printer, { ...board, runs: [] }] })).toBe('HY-0001: no reflow run recorded');
    expect(said({ proofs: [printer, { ...board, runs: [{ id: 'r1', key: 'r-1', verdict: 'fail' }] }] })).toBe(
      'HY-0001: reflow run r-1: fail',
    );
    expect(said({ firmware: {} })).toBe('HY-0001: no firmware recorded');
    expect(said({}, { firmware: '2.5.0' })).toBe('HY-0001: firmware 2.4.1, ordered 2.5.0');
    expect(said({ tests: {} })).toBe('HY-0001: not tested');
    expect(said({ tests: { p1: false } })).toBe('HY-0001: failed its newest test');
    expect(said({}, { quantity: '3' })).toBe('2 of 3 pieces have no serial number');
  });
});
