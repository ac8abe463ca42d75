import { drawingSchema } from '@yunfab/core/verticals';
import { describe, expect, it } from 'vitest';
import { drawGenealogy, partAt, partsOf, type Traced } from './genealogy.js';

const node = (id: string, kind: 'lot' | 'unit', hidden = false) => ({
  node: id,
  hidden,
  kind: hidden ? null : kind,
  code: hidden ? null : id.toUpperCase(),
  maker: hidden ? null : { code: 'm', name: { en: 'Maker', zh: '制造方' } },
  state: null,
});
const edge = (input: string, output: string, position: string | null, kind = 'assembled', until: string | null = null) => ({
  input,
  output,
  position,
  kind,
  at: '2026-11-01T00:00:00.000Z',
  until,
});
const traced: Traced = {
  start: 'printer',
  nodes: [
    node('printer', 'unit'),
    node('board', 'unit'),
    node('caps', 'lot'),
    node('newer', 'lot'),
    node('mcu', 'lot', true),
    node('lot', 'lot'),
  ],
  edges: [
    edge('lot', 'printer', null, 'member'),
    edge('board', 'printer', 'MB1'),
    edge('caps', 'board', 'C12', 'assembled', '2026-11-05T00:00:00.000Z'),
    edge('newer', 'board', 'C12', 'serviced'),
    edge('caps', 'board', 'C13'),
    edge('mcu', 'board', 'U1'),
  ],
};

describe('parts of a unit', () => {
  const parts = partsOf(traced);
  it('are found level by level, without the lot that the unit is one of', () => {
    expect(parts.map(({ level, designator, node: { node: id } }) => [level, designator, id])).toEqual([
      [1, 'MB1', 'board'],
      [2, 'C12', 'caps'],
      [2, 'C12', 'newer'],
      [2, 'C13', 'caps'],
      [2, 'U1', 'mcu'],
    ]);
  });
  it('at a designator: what sits there now, by path or alone', () => {
    expect(partAt(parts, 'printer', 'C12')?.node.node).toBe('newer');
    expect(partAt(parts, 'printer', 'MB1/C13')?.node.node).toBe('caps');
    expect(partAt(parts, 'printer', 'MB1')?.node.node).toBe('board');
    expect(partAt(parts, 'printer', 'MB2/C13')).toBeNull();
    expect(partAt(parts, 'printer', 'R9')).toBeNull();
  });
  it('are drawn, what failed in its tone, what is hidden without a name', () => {
    const drawing = drawGenealogy(traced, parts, { failed: ['C12'], firmware: '2.4.1' });
    expect(drawingSchema.parse(drawing)).toEqual(drawing);
    const texts = drawing.shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));
    expect(texts).toContain('FW 2.4.1');
    expect(texts).toContain('•••');
    expect(drawing.shapes.filter((shape) => shape.kind === 'polyline' && shape.stroke === 'bad')).not.toEqual([]);
  });
});
