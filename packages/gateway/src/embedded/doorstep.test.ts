import { expect, it } from 'vitest';
import { Doorstep } from './doorstep.js';

const guests = (count: number) => {
  const gone: number[] = [];
  return { gone, all: Array.from({ length: count }, (_, n) => ({ destroy: () => gone.push(n) })) };
};

it('hangs up on whoever has been silent for longest when it is full', () => {
  const doorstep = new Doorstep(3);
  const { gone, all } = guests(6);
  expect(all.slice(0, 3).map((guest) => doorstep.arrive(guest))).toEqual([true, true, true]);
  doorstep.asks(all[0] as (typeof all)[0]);
  expect(all.slice(3, 5).map((guest) => doorstep.arrive(guest))).toEqual([true, true]);
  expect(gone).toEqual([1, 2]);
});

it('on the newcomer when all of them wait for their answer; who left makes room', () => {
  const doorstep = new Doorstep(2);
  const { gone, all } = guests(4);
  const [first, second, third, fourth] = all as [(typeof all)[0], (typeof all)[0], (typeof all)[0], (typeof all)[0]];
  for (const guest of [first, second]) {
    expect(doorstep.arrive(guest)).toBe(true);
    doorstep.asks(guest);
  }
  expect(doorstep.arrive(third)).toBe(false);
  expect(gone).toEqual([2]);
  doorstep.leave(first);
  expect(doorstep.arrive(fourth)).toBe(true);
  expect(gone).toEqual([2]);
});
