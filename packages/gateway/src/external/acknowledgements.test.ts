import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Acknowledgements } from './acknowledgements.js';

it('are sent in the order of receipt, whatever the order of settling', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(Array.from({ length: 60 }, (_, n) => n)), (settling) => {
      const sent: number[] = [];
      const acknowledgements = new Acknowledgements((id) => sent.push(id));
      const settle = Array.from({ length: 60 }, (_, n) => acknowledgements.expect(n));
      for (const n of settling) settle[n]?.();
      const settled = new Set(settling);
      const contiguous = Array.from({ length: 60 }, (_, n) => n).findIndex((n) => !settled.has(n));
      expect(sent).toEqual(Array.from({ length: contiguous < 0 ? 60 : contiguous }, (_, n) => n));
    }),
  );
});

it('of an earlier connection are never sent, for their ids may name other messages now', () => {
  const sent: number[] = [];
  const acknowledgements = new Acknowledgements((id) => sent.push(id));
  const old = acknowledgements.expect(7);
  acknowledgements.renew();
  const present = acknowledgements.expect(7);
  old();
  expect(sent).toEqual([]);
  present();
  expect(sent).toEqual([7]);
  expect(acknowledgements.waiting).toBe(0);
});
