import { noHistory } from '@yunfab/core/verticals';
import { describe, expect, it } from 'vitest';
import { chen } from '../body/bodies.fixture.js';
import { configSchema } from '../config.js';
import { draftPattern, type Pattern } from '../pattern/index.js';
import { checkFinished } from './final-check.js';
import { type GarmentFacts, garmentGate, runGate } from './gate.js';

const shirt = draftPattern(chen, { garment: 'shirt', fit: 'regular' }).pattern as Pattern;
const asDrawn = Object.fromEntries(shirt.finished.map(({ name, drawn }) => [name, drawn]));

describe('the final check', () => {
  it('passes a garment within tolerance and says how many measurements', () => {
    expect(checkFinished('shirt', shirt.finished, asDrawn)).toMatchObject({
      holds: true,
      words: { en: '7 measurements within tolerance' },
    });
    expect(checkFinished('shirt', shirt.finished, { ...asDrawn, collar: (asDrawn['collar'] as number) + 6 }).holds).toBe(true);
  });
  it('apparel.md: a 2 cm error is found', () => {
    const { holds, words } = checkFinished('shirt', shirt.finished, { ...asDrawn, sleeve: 553 });
    expect(holds).toBe(false);
    expect(words.en).toBe('Sleeve length with cuff is 553 mm, -20 mm from the pattern (±8)');
  });
  it('wants every measurement', () => {
    const { collar: _left, ...rest } = asDrawn;
    expect(checkFinished('shirt', shirt.finished, rest).words).toEqual({ en: 'Collar was not measured', zh: '未测量领围' });
  });
});

const sound: GarmentFacts = {
  id: 'g1',
  tag: 'T-1',
  missing: [],
  pieces: [{ piece: 'front', roll: 'R-1', shade: 'A' }],
  checkHolds: true,
  checkWords: { en: '7 measurements within tolerance', zh: '7 项尺寸均在公差内' },
};
const base = {
  ...noHistory,
  lot: { id: 'l1', code: 'L-1', unit: 'H87', quantity: '1' },
  runs: [],
  specification: { schema: 'apparel/made-to-measure@1', value: {} },
  config: configSchema.parse({}),
};
const gate = (garments: readonly GarmentFacts[], more: object = {}) => garmentGate.check({ ...base, ...more, facts: { garments } });

describe('the gate of garments', () => {
  it('holds for a garment that went all its way, in one shade, measured', () => {
    expect(gate([sound])).toMatchObject({ holds: true, evidence: [{ kind: 'garment', id: 'g1' }] });
  });
  it.each<[string, Partial<GarmentFacts>, string]>([
    ['an operation', { missing: ['press', 'pack'] }, 'T-1 has not done press, pack'],
    ['its rolls', { pieces: [] }, 'T-1 does not say which roll'],
    ['one shade', { pieces: [...sound.pieces, { piece: 'back', roll: 'R-2', shade: 'B' }] }, 'several shade lots'],
    ['its final check', { checkHolds: null, checkWords: null }, 'T-1 has not been measured'],
    ['its measurements', { checkHolds: false, checkWords: { en: 'Collar is 420 mm', zh: '领围为 420 mm' } }, 'T-1: Collar is 420 mm'],
  ])('names what is missing: %s', (_name, change, words) => {
    const finding = gate([sound, { ...sound, ...change }]);
    expect(finding?.holds).toBe(false);
    expect(finding?.words.en).toContain(words);
  });
  it('wants a garment for a made-to-measure lot, and has nothing to say of others', () => {
    expect(gate([])).toMatchObject({ holds: false });
    expect(gate([], { specification: { schema: 'apparel/ready-made@1', value: {} } })).toBeNull();
    expect(gate([], { specification: null })).toBeNull();
  });
});

describe('the gate of runs', () => {
  const run = (verdict: 'pass' | 'fail' | null, more: object = {}) => ({
    id: 'r1',
    key: 'r-1',
    equipment: 'e1',
    equipmentModel: 'apparel.sewing-station',
    startedAt: 0,
    endedAt: 1000,
    evaluation:
      verdict === null
        ? null
        : {
            evaluator: 'apparel.sewing',
            verdict,
            values: {},
            curves: [],
            findings: [{ code: 'thread_breaks', holds: verdict === 'pass', words: { en: '9 thread breaks', zh: '断线 9 次' } }],
          },
    ...more,
  });
  const check = (...runs: ReturnType<typeof run>[]) => runGate.check({ ...base, runs, facts: {} });
  it('says which run failed and why', () => {
    expect(check(run('pass'))).toMatchObject({ holds: true, words: { en: '1 runs passed' } });
    expect(check(run('pass'), run('fail'))).toMatchObject({
      holds: false,
      words: { en: 'Run r-1: 9 thread breaks', zh: '过程 r-1：断线 9 次' },
    });
    expect(check(run(null))).toMatchObject({ holds: false, words: { en: 'Run r-1 has not been evaluated' } });
    expect(check(run('pass', { endedAt: null }), run(null, { endedAt: null }))).toMatchObject({ holds: false });
    expect(check(run('fail'), run('fail'), run('fail'), run('fail'))?.words.en).toContain('and 1 more');
  });
  it('has nothing to say without runs of its machines', () => {
    expect(check()).toBeNull();
    expect(check(run('fail', { equipmentModel: 'other.machine' }))).toBeNull();
  });
});
