/** `queued`: not given to the device yet. `sent`: given to it, or to its broker, at least once. The others are ends. */
export const deviceCommandStates = ['queued', 'sent', 'acknowledged', 'rejected', 'expired', 'canceled'] as const;
export type DeviceCommandState = (typeof deviceCommandStates)[number];

/** `acknowledge` and `reject` are answers that came before the expiry, whenever they are read; a later one moves nothing. */
export const deviceCommandMoves = ['send', 'acknowledge', 'reject', 'expire', 'cancel'] as const;
export type DeviceCommandMove = (typeof deviceCommandMoves)[number];

/** State × move → state after it; a pair that is not here is forbidden. */
export const deviceCommandTransitions: Readonly<Record<DeviceCommandMove, Partial<Record<DeviceCommandState, DeviceCommandState>>>> = {
  send: { queued: 'sent', sent: 'sent' },
  // What the device answered may be read before it is noted that a gateway gave it, or after the hour has struck.
  acknowledge: { queued: 'acknowledged', sent: 'acknowledged', expired: 'acknowledged' },
  reject: { queued: 'rejected', sent: 'rejected', expired: 'rejected' },
  expire: { queued: 'expired', sent: 'expired' },
  cancel: { queued: 'canceled', sent: 'canceled' },
};

/** The state after the move; null when the table forbids it. */
export function nextDeviceCommandState(state: DeviceCommandState, move: DeviceCommandMove): DeviceCommandState | null {
  return deviceCommandTransitions[move][state] ?? null;
}

/** A gateway still gives it to the device. */
export const openStates: readonly DeviceCommandState[] = ['queued', 'sent'];
