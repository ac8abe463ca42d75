import type { Client } from '../app/client.js';

type Traffic = Awaited<ReturnType<Client['equipment']['gateways']['devices']>>;
export type Device = Traffic['items'][number];

/** What needs somebody comes first. `silent`: it says that it is connected, and yet nothing of it was stored. */
export const deviceStates = ['offline', 'silent', 'never', 'heard', 'revoked'] as const;
export type DeviceState = (typeof deviceStates)[number];

export const deviceTones = { revoked: 'quiet', offline: 'bad', silent: 'warn', heard: 'good', never: 'open' } as const;

export function deviceStateOf({ credential, online, stored, newestTs }: Device): DeviceState {
  if (credential === 'revoked') return 'revoked';
  if (online === false) return 'offline';
  if (stored > 0) return 'heard';
  return online === null && newestTs === null ? 'never' : 'silent';
}

/** Where a device is looked after. */
export const devicePlace = (equipment: string, device: string) => `/equipment/${equipment}?view=devices&device=${device}`;
