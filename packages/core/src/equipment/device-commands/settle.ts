import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../commands/index.js';
import { type ActorRef, type Database, inScope, type Scope } from '../../database/index.js';
import { startRegularWork, type WorkerLog } from '../../events/index.js';
import type { DeviceEvent } from '../device-events.js';
import { equipmentEvents } from '../events.js';
import { addStep, lockCommand, lockExpiredCommands, organizationsWithExpired, stepsOf, updateCommand } from './repository.js';
import { tell } from './service.js';
import { nextDeviceCommandState } from './states.js';

/** Type of the device event that a message on `command/ack` becomes. */
export const answerType = 'command_ack';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const mostSteps = 100;

/**
 * What a device answered ends its command. The first answer stands. Gives why the answer cannot be used, or null: it names no
 * command of this very device. One that comes after the end is kept as late, and moves nothing.
 */
export async function settleAnswer(scope: Scope, event: DeviceEvent): Promise<string | null> {
  const id = event.body['id'];
  const command = typeof id === 'string' && uuid.test(id) ? await lockCommand(scope, id) : undefined;
  if (!command || command.device_id !== event.deviceId) return `no command ${JSON.stringify(id)} was sent to the device ${event.device}`;
  const answer = { ...event.body };
  if (command.answer !== null) {
    if (isDeepStrictEqual(command.answer, answer)) return null;
    if ((await stepsOf(scope, command.id)).length < mostSteps)
      await addStep(scope, command.id, 'answered_otherwise', { at: event.receivedAt, answer });
    return null;
  }
  const inTime = event.receivedAt <= command.expires_at;
  const state = inTime ? nextDeviceCommandState(command.state, answer['ok'] === true ? 'acknowledge' : 'reject') : null;
  const kept = { answer, answered_at: event.receivedAt, answered_late: state === null, due_at: null };
  if (state === null) {
    await updateCommand(scope, command.id, kept);
    await addStep(scope, command.id, 'answered_late', { at: event.receivedAt, answer });
    return null;
  }
  await updateCommand(scope, command.id, { ...kept, state, ended_at: event.receivedAt });
  await addStep(scope, command.id, state === 'acknowledged' ? 'acknowledged' : 'rejected', { at: event.receivedAt, answer });
  await tell(scope, command, state === 'acknowledged' ? equipmentEvents.commandAcknowledged : equipmentEvents.commandRejected);
  return null;
}

export interface CommandExpiryOptions {
  readonly database: Pick<Database, 'runtime' | 'system'>;
  readonly clock: Clock;
  readonly everyMs?: number;
  readonly log?: WorkerLog;
}

const actor: ActorRef = { kind: 'system', id: 'equipment', label: 'Yunfab' };
const atOnce = 100;

/** Ends the commands whose hour has struck; several processes may. Returns how many. */
export async function expireCommands({ database, clock }: CommandExpiryOptions): Promise<number> {
  let expired = 0;
  const now = clock();
  for (const organization of await organizationsWithExpired(database.system, now)) {
    for (let found = atOnce; found === atOnce; expired += found) {
      found = await inScope(database.runtime, { organization, actor, now }, async (scope) => {
        const rows = await lockExpiredCommands(scope, atOnce);
        for (const row of rows) {
          const state = nextDeviceCommandState(row.state, 'expire');
          if (!state) continue;
          await updateCommand(scope, row.id, { state, due_at: null, ended_at: row.expires_at });
          await addStep(scope, row.id, 'expired', { at: row.expires_at });
          await tell(scope, row, equipmentEvents.commandExpired);
        }
        return rows.length;
      });
    }
  }
  return expired;
}

export function startCommandExpiry({ everyMs = 1_000, ...options }: CommandExpiryOptions): { stop(): Promise<void> } {
  const failure = 'commands to devices could not be ended and are tried again';
  return startRegularWork({ work: () => expireCommands(options), everyMs, log: options.log, failure });
}
