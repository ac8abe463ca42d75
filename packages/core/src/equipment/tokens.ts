import { createHash, randomBytes } from 'node:crypto';
import type { Scope } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import { equipmentErrors } from './errors.js';
import type { DeviceChanged } from './events.js';
import { endWaitingToken, insertCredential, keepWaitingToken, revokeCredential } from './repository.js';

/**
 * A broker outside that keeps the tokens of devices itself. It learns of a token after the commit of its transaction, never
 * before: so what the database says is what it holds, or will.
 */
export interface DeviceTokens {
  /** Rejects when the broker does not answer: then no token is issued that it could not take. */
  ready(): Promise<void>;
  /** What waits in the database until the broker has the token: readable to whoever keeps its accounts, and to nobody else. */
  seal(device: { readonly username: string; readonly token: string }): Buffer;
  /** Brings the broker the token that waits for it. Never rejects: what fails here is tried again by whoever keeps the accounts. */
  deliver(username: string): Promise<void>;
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
  await tokens?.ready().catch((error: unknown) => {
    const problem = error instanceof Error ? error.message : String(error);
    throw equipmentErrors.broker_unreachable({ device, problem }, error);
  });
  await endToken(scope, device);
  const token = `yd_${randomBytes(32).toString('base64url')}`;
  const username = `${organization}/${device}`;
  const credential = await insertCredential(scope, device, createHash('sha256').update(token).digest());
  await announceDevice(scope, device, event);
  if (tokens) {
    await keepWaitingToken(scope, { device, credential, sealed: tokens.seal({ username, token }) });
    scope.afterCommit(() => tokens.deliver(username));
  }
  return { device, username, token };
}

/** Ends the token that the device has; false when it has none. */
export async function endToken(scope: Scope, device: string): Promise<boolean> {
  await endWaitingToken(scope, device);
  return revokeCredential(scope, device);
}

/** Tells the organization's own feed of something that happened to a device. */
export async function announceDevice(scope: Scope, device: string, type: string): Promise<void> {
  const body: DeviceChanged = { device };
  await appendEvent(scope, { type, record: null, body: { ...body } });
}
