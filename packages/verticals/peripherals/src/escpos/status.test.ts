import { describe, expect, it } from 'vitest';
import { decodeAutomaticStatus, decodeRealTimeStatus, readHexBytes } from './status.js';

const told = (answers: Record<number, number>) => decodeRealTimeStatus(answers).status?.conditions;

describe('DLE EOT n', () => {
  it('peripherals.md: 1/2/4 answered 0x1A/0x32/0x7E → offline, paper end and near end', () => {
    expect(decodeRealTimeStatus({ 1: 0x1a, 2: 0x32, 4: 0x7e })).toEqual({
      status: { conditions: ['offline', 'stopped_by_paper_end', 'paper_near_end', 'paper_end'], ready: false },
      issues: [],
    });
  });
  it('ESC/POS DLE EOT 2: an open cover is bit 2 (0x36 beside the ended paper), bit 5 is printing stopped by paper end', () => {
    expect(told({ 2: 0x16 })).toEqual(['cover_open']);
    expect(told({ 1: 0x1a, 2: 0x36, 4: 0x7e })).toEqual(['offline', 'cover_open', 'stopped_by_paper_end', 'paper_near_end', 'paper_end']);
  });
  it.each([
    [1, 0x12, []],
    [1, 0x16, ['drawer_pin_high']],
    [1, 0x1a, ['offline']],
    [1, 0x32, ['waiting_for_recovery']],
    [1, 0x52, ['feed_button']],
    [2, 0x16, ['cover_open']],
    [2, 0x1a, ['feeding_by_button']],
    [2, 0x32, ['stopped_by_paper_end']],
    [2, 0x52, ['error']],
    [3, 0x16, ['recoverable_error']],
    [3, 0x1a, ['cutter_error']],
    [3, 0x32, ['unrecoverable_error']],
    [3, 0x52, ['auto_recoverable_error']],
    [4, 0x1e, ['paper_near_end']],
    [4, 0x72, ['paper_end']],
    [4, 0x16, ['paper_near_end']],
  ] as const)('ESC/POS DLE EOT %i answered 0x%s', (n, byte, conditions) => {
    expect(told({ [n]: byte })).toEqual(conditions);
  });
  it('is ready with paper near its end, not without paper', () => {
    expect(decodeRealTimeStatus({ 1: 0x12, 4: 0x1e }).status?.ready).toBe(true);
    expect(decodeRealTimeStatus({ 1: 0x12, 4: 0x7e }).status?.ready).toBe(false);
  });
  it('checks fixed bits, in all 256 bytes, and says what is wrong instead of guessing', () => {
    for (const n of [1, 2, 3, 4])
      for (let byte = 0; byte < 256; byte++) expect(decodeRealTimeStatus({ [n]: byte }).issues.length === 0).toBe((byte & 0x93) === 0x12);
    expect(decodeRealTimeStatus({ 1: 0x00 })).toMatchObject({
      status: null,
      issues: [{ at: 'dle_eot_1', words: { en: '0x00 is no answer to this question: fixed bit 1, 4 is wrong' } }],
    });
  });
  it('reads what it can beside what is malformed', () => {
    const { status, issues } = decodeRealTimeStatus({ 1: 0x1a, 2: 0xff, 4: 300, 7: 0x12 });
    expect(status?.conditions).toEqual(['offline']);
    expect(issues.map(({ at }) => at)).toEqual(['dle_eot_2', 'dle_eot_4', 'dle_eot_7']);
    expect(decodeRealTimeStatus({})).toMatchObject({ status: null, issues: [{ at: '' }] });
  });
});

describe('Automatic Status Back (GS a)', () => {
  it('reads its four bytes', () => {
    expect(decodeAutomaticStatus([0x10, 0, 0, 0]).status).toEqual({ conditions: [], ready: true });
    expect(decodeAutomaticStatus([0x3c, 0x08, 0x0f, 0x0f]).status?.conditions).toEqual([
      'drawer_pin_high',
      'offline',
      'cover_open',
      'cutter_error',
      'paper_near_end',
      'paper_end',
    ]);
  });
  it('refuses a stream out of step as a whole', () => {
    expect(decodeAutomaticStatus([0x00, 0x10, 0, 0])).toMatchObject({ status: null, issues: [{ at: 'asb.0' }, { at: 'asb.1' }] });
    expect(decodeAutomaticStatus([0x10, 0, 0])).toMatchObject({ status: null, issues: [{ at: 'asb' }] });
  });
});

describe('bytes as written', () => {
  it('reads hexadecimal in the usual ways', () => {
    for (const text of ['1A327E', '0x1a 0x32 0x7e', '1A 32, 7E']) expect(readHexBytes(text).bytes).toEqual([0x1a, 0x32, 0x7e]);
  });
  it.each(['', '1', 'zz', '0x1A3'])('refuses "%s"', (text) => {
    expect(readHexBytes(text)).toMatchObject({ bytes: [], issues: [{ at: 'bytes' }] });
  });
});
