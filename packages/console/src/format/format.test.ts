import { describe, expect, it } from 'vitest';
import { minus, plus } from './decimal.js';
import { createFormat } from './format.js';

const now = () => Date.parse('2026-11-22T05:00:00Z');

describe('formats', () => {
  const shanghai = createFormat('zh', 'Asia/Shanghai', now);
  const berlin = createFormat('en', 'Europe/Berlin', now);

  it('write instants in the zone of the organization, with the exact one beside', () => {
    expect(shanghai.moment('2026-11-22T03:30:00Z')).toBe('11:30');
    expect(berlin.moment('2026-11-22T03:30:00Z')).toBe('04:30');
    expect(shanghai.moment('2026-11-20T17:30:00Z')).toContain('21');
    expect(shanghai.exactly('2026-11-22T03:30:00.125Z')).toContain('2026-11-22T03:30:00.125Z');
  });

  it('keep a calendar date the same everywhere', () => {
    expect(createFormat('en', 'Pacific/Auckland', now).date('2026-12-13')).toBe('13 Dec 2026');
    expect(createFormat('en', 'America/Los_Angeles', now).date('2026-12-13')).toBe('13 Dec 2026');
  });

  it('write every digit of a decimal string', () => {
    expect(berlin.number('123456789012.123456')).toBe('123,456,789,012.123456');
    expect(berlin.money('0.10', 'CNY').replace(/\s/g, ' ')).toBe('CNY 0.10');
    expect(shanghai.quantity('400', 'H87')).toBe('400 件');
    expect(berlin.quantity('12.5', 'KGM')).toBe('12.5 kg');
  });

  it('write durations as a clock does', () => {
    expect(berlin.duration(661)).toBe('11:01');
    expect(berlin.duration(3_725)).toBe('1:02:05');
  });
});

describe('minus', () => {
  it('counts decimal strings exactly', () => {
    expect(minus('0.3', '0.1', '0.1')).toBe('0.1');
    expect(minus('400', '8')).toBe('392');
    expect(minus('1', '2.50')).toBe('-1.5');
    expect(minus('123456789012345678.000001', '0.000001')).toBe('123456789012345678');
    expect(minus('10', '10.0')).toBe('0');
  });

  it('and plus adds them', () => {
    expect(plus('0.1', '0.2')).toBe('0.3');
    expect(plus('12', '0', '8.50')).toBe('20.5');
  });
});
