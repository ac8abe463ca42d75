import { describe, expect, it } from 'vitest';
import { apparelErrors } from '../errors.js';
import { checkRead, checkShade, overdueDwells, progressOf, routingOf, type TagRead, totalSam } from './index.js';

const ids = (choice: Parameters<typeof routingOf>[0]) => routingOf(choice).map(({ id }) => id);
const minute = (n: number) => new Date(Date.UTC(2026, 10, 28, 8, n)).toISOString();

describe('the routing of one garment', () => {
  it('has the operations of its configuration, before what waits for them', () => {
    expect(ids({ garment: 'shirt' })).not.toContain('monogram');
    const full = ids({ garment: 'shirt', monogram: true, chest_pocket: true });
    expect(full.indexOf('monogram')).toBeLessThan(full.indexOf('cuff-make'));
    expect(full.indexOf('pocket')).toBeLessThan(full.indexOf('shoulder'));
    expect(ids({ garment: 'trousers', dart: true })).toContain('dart');
    expect(ids({ garment: 'trousers' })).not.toContain('dart');
    expect(ids({ garment: 'trousers', monogram: true })).not.toContain('monogram');
  });
  it('takes longer when more is asked for', () => {
    expect(totalSam(routingOf({ garment: 'shirt', monogram: true })) - totalSam(routingOf({ garment: 'shirt' }))).toBeCloseTo(2.5);
  });
  it('begins with cutting, ends with packing, and nothing comes before what it waits for', () => {
    for (const garment of ['shirt', 'trousers'] as const) {
      const routing = routingOf({ garment, monogram: true, chest_pocket: true, dart: true, pleat: true, turn_up: true });
      expect([routing[0]?.id, routing.at(-1)?.id]).toEqual(['cut', 'pack']);
      routing.forEach(({ after }, i) => {
        for (const before of after) expect(routing.findIndex(({ id }) => id === before)).toBeLessThan(i);
      });
    }
  });
});

describe('a tagged garment', () => {
  const routing = routingOf({ garment: 'shirt' });
  const read = (operation: string, direction: TagRead['direction'], at = 0): TagRead => ({
    operation,
    direction,
    station: 'S1',
    at: minute(at),
  });
  const refusal = (reads: TagRead[], next: TagRead) => {
    const problem = checkRead(routing, progressOf(routing, reads), next);
    return problem && apparelErrors[problem.code]({ tag: 'T-1', ...problem.details }).message;
  };
  const cut = [read('cut', 'in'), read('cut', 'out', 1)];

  it('may begin what its routing allows', () => {
    expect(progressOf(routing, []).ready).toEqual(['cut']);
    expect(progressOf(routing, cut)).toMatchObject({ done: ['cut'], at: null, complete: false });
    expect(progressOf(routing, cut).ready.toSorted()).toEqual(['front', 'fuse', 'sleeve-placket']);
  });
  it.each<[string, TagRead[], TagRead, string | null]>([
    ['cut first', [], read('cut', 'in'), null],
    ['what waits', [], read('press', 'in'), 'Operation press of garment T-1 has to wait for buttons'],
    ['what it has not', [], read('pocket', 'in'), 'Garment T-1 has no operation "pocket"; its routing has cut, fuse'],
    ['two places at once', [read('cut', 'in')], read('cut', 'in'), 'Garment T-1 is still in cut @ S1'],
    ['out of where it is', [read('cut', 'in')], read('cut', 'out'), null],
    ['out of where it is not', [], read('cut', 'out'), 'Garment T-1 cannot leave cut at S1: it is in –'],
    [
      'out at another station',
      [read('cut', 'in')],
      { ...read('cut', 'out'), station: 'S2' },
      'Garment T-1 cannot leave cut at S2: it is in cut @ S1',
    ],
    ['twice', cut, read('cut', 'in'), 'Operation cut of garment T-1 is done already'],
    ['what is ready', cut, read('front', 'in'), null],
  ])('%s', (_name, reads, next, words) => {
    if (words === null) expect(refusal(reads, next)).toBeNull();
    else expect(refusal(reads, next)).toContain(words);
  });
  it('is complete when every operation was left', () => {
    const all = routing.flatMap(({ id }) => [read(id, 'in'), read(id, 'out')]);
    expect(progressOf(routing, all)).toMatchObject({ ready: [], complete: true });
    expect(progressOf(routing, all.slice(0, -1)).complete).toBe(false);
  });
  it('apparel.md, Alarms: bundle dwell > 2 × SAM', () => {
    expect(overdueDwells(routing, [read('cut', 'in', 0), read('cut', 'out', 2)], new Date(minute(30))).size).toBe(0);
    expect(overdueDwells(routing, [read('cut', 'in', 0)], new Date(minute(30))).get('cut')).toBeCloseTo(27.6);
  });
});

describe('apparel.md: shade lots never mixed inside one garment', () => {
  const of = (piece: string, shade: string) => ({ piece, roll: `R-${shade}`, shade });
  it('is quiet about one lot, of however many rolls', () => {
    expect(checkShade([of('front', 'A'), of('back', 'A'), { piece: 'cuff', roll: 'R-2', shade: 'A' }])).toEqual([]);
  });
  it('names the lots with their pieces', () => {
    const [issue] = checkShade([of('front', 'A'), of('back', 'A'), of('sleeve', 'B')]);
    expect(issue?.words.en).toContain('several shade lots: A (front ← R-A, back ← R-A); B (sleeve ← R-B)');
    expect(issue?.words.zh).toContain('多个缸差批');
  });
});
