import { createHash, randomBytes } from 'node:crypto';
import type { Scope } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import { equipmentErrors } from './errors.js';
import type { DeviceChanged } from './events.js';
import { insertCredential, revokeCredential } from './repository.js';

/** A broker outside that keeps the tokens of devices itself. */
export interface DeviceTokens {
  /** Called with each new token before its transaction commits: nobody has it later. Rejects when the broker does not take it. */
  issue(device: { readonly username: string; readonly token: string }): Promise<void>;
}

interface NewToken {
  /** Code. */
  readonly organization: string;
  readonly device: string;
  /** What the organization's feed tells of it. */
  readonly event: string;
  readonly tokens: DeviceTokens | undefined;
}

/** A new token for the device; the one that it had ends. Throws `equipment.broker_unreachable`. */
export async function giveToken(scope: Scope, { organization, device, event, tokens }: NewToken) {
  await revokeCredential(scope, device);
  const token = `yd_${randomBytes(32).toString('base64url')}`;
  await insertCredential(scope, device, createHash('sha256').update(token).digest());
  await announceDevice(scope, device, event);
  const username = `${organization}/${device}`;
  await tokens?.issue({ username, token }).catch((error: unknown) => {
    const problem = error instanceof Error ? error.message : String(error);
    throw equipmentErrors.broker_unreachable({ device, problem }, error);
  });
  return { device, username, token };
}

/** Tells the organization's own feed of something that happened to a device. */
export async function announceDevice(scope: Scope, device: string, type: string): Promise<void> {
  const body: DeviceChanged = { device };
  await appendEvent(scope, { type, record: null, body: { ...body } });
}
