import { expect, it } from 'vitest';
import { deviceCommandMoves, deviceCommandStates, nextDeviceCommandState } from './states.js';

/** Every state × move; null: forbidden. */
const expected = {
  //            send    acknowledge     reject      expire     cancel
  queued: ['sent', 'acknowledged', 'rejected', 'expired', 'canceled'],
  sent: ['sent', 'acknowledged', 'rejected', 'expired', 'canceled'],
  acknowledged: [null, null, null, null, null],
  rejected: [null, null, null, null, null],
  expired: [null, 'acknowledged', 'rejected', null, null],
  canceled: [null, null, null, null, null],
} as const;

it.each(deviceCommandStates)('a command that is %s moves as the table says and no other way', (state) => {
  expect(deviceCommandMoves.map((move) => nextDeviceCommandState(state, move))).toEqual(expected[state]);
});
