import { describe, expect, it } from 'vitest';
import { grouped, quantitiesOf, type TimelineEntry } from './timeline-groups.js';

const entry = (id: string, type: string, kind: string, body: TimelineEntry['body'] = {}): TimelineEntry => ({
  id,
  type,
  words: { en: type, zh: type },
  at: '2026-11-22T00:00:00Z',
  organization: { code: 'shanhai', name: { en: 'Shanhai', zh: '山海' } },
  actor: { kind, label: 'x' },
  body,
});
const counted = (id: string, value: string) => entry(id, 'orders.progressed', 'system', { lines: [{ quantity: { value, unit: 'H87' } }] });

describe('the timeline', () => {
  it('gathers what the platform counted in a row, and nothing that a person did', () => {
    const groups = grouped([
      counted('5', '2'),
      counted('4', '3'),
      entry('3', 'orders.shipped', 'person'),
      entry('2', 'orders.shipped', 'person'),
      counted('1', '1'),
    ]);
    expect(groups.map(({ key, entries }) => [key, entries.length])).toEqual([
      ['4', 2],
      ['3', 1],
      ['2', 1],
      ['1', 1],
    ]);
    expect(quantitiesOf(groups[0]?.entries ?? [])).toEqual([{ name: 'quantity', unit: 'H87', value: 5 }]);
  });

  it('tells accepted and rejected apart and leaves out nothing and none', () => {
    const inspected = entry('1', 'orders.inspected', 'person', {
      lines: [{ accepted: { value: '9', unit: 'H87' }, rejected: { value: '0', unit: 'H87' } }],
    });
    expect(quantitiesOf([inspected])).toEqual([{ name: 'accepted', unit: 'H87', value: 9 }]);
    expect(quantitiesOf([entry('1', 'orders.accepted', 'person', { number: 'PO-1' })])).toEqual([]);
  });

  it('tells a concession, and how a receipt differs', () => {
    const conceded = entry('1', 'orders.inspected', 'person', { lines: [{ conceded: { value: '3', unit: 'H87' } }] });
    expect(quantitiesOf([conceded])).toEqual([{ name: 'conceded', unit: 'H87', value: 3 }]);
    const received = entry('2', 'orders.received', 'person', {
      lines: [{ quantity: { value: '8', unit: 'H87' } }],
      differences: [{ kind: 'shortage', quantity: { value: '2', unit: 'H87' } }],
    });
    expect(quantitiesOf([received])).toEqual([
      { name: 'quantity', unit: 'H87', value: 8 },
      { name: 'shortage', unit: 'H87', value: 2 },
    ]);
  });
});
