import { describe, expect, it } from 'vitest';
import { boxesOf } from './trace-groups.js';

type Input = Parameters<typeof boxesOf>[0];

const node = (id: string, state = 'released', kind: 'lot' | 'unit' = 'unit'): Input['nodes'][number] => ({
  ...{ node: id, hidden: false, kind, code: id, itemCode: '', maker: null, own: true, state, stateWords: null, step: 1 },
});
const edge = (input: string, output: string, until: string | null = null): Input['edges'][number] => ({
  ...{ input, output, kind: 'member', kindWords: { en: '', zh: '' }, activity: null, position: null },
  ...{ quantity: { value: '1', unit: 'H87' }, at: '2026-01-01T00:00:00.000Z', until },
});
const units = (count: number, state?: string) => Array.from({ length: count }, (_, index) => node(`${state ?? 'u'}${index}`, state));

describe('the boxes of a trace', () => {
  const seven = units(7);
  const two = units(2, 'scrapped');
  const trace = {
    start: 'L',
    nodes: [node('L', 'released', 'lot'), ...seven, ...two],
    edges: [...seven, ...two].map((unit) => edge('L', unit.node)),
  };

  it('are one for many units of a lot in the same state, and one each for few', () => {
    const { boxes, lines } = boxesOf(trace, new Set());
    expect(boxes.map(({ members }) => members.length)).toEqual([1, 7, 1, 1]);
    expect(lines).toHaveLength(3);
    expect(lines[0]?.edges).toHaveLength(7);
  });

  it('open one by one, and lose nothing', () => {
    const { boxes } = boxesOf(trace, new Set());
    const opened = new Set(boxes.filter(({ members }) => members.length > 1).map(({ id }) => id));
    expect(boxesOf(trace, opened).boxes).toHaveLength(10);
    expect(boxesOf(trace, opened).lines).toHaveLength(9);
  });

  it('are joined by an ended line only when all between them has ended', () => {
    const ended = '2026-02-01T00:00:00.000Z';
    const between = (...edges: Input['edges']) =>
      boxesOf({ start: 'a', nodes: [node('a'), node('b')], edges }, new Set()).lines.map((line) => line.ended);
    expect(between(edge('a', 'b', ended))).toEqual([true]);
    expect(between(edge('a', 'b', ended), edge('a', 'b'))).toEqual([false]);
    expect(between(edge('a', 'b'), edge('a', 'b', ended))).toEqual([false]);
  });
});
