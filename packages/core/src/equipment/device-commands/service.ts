import type { z } from 'zod';
import { type CommandScope, decodeCursor, page, requestErrors } from '../../commands/index.js';
import { newId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { equipmentErrors } from '../errors.js';
import { type CommandChanged, equipmentEvents } from '../events.js';
import type { EquipmentModels } from '../models.js';
import { findEquipment, requireDevice } from '../repository.js';
import { readRecordsKeptFrom } from '../telemetry/reading.js';
import { assertDeclared } from './declared.js';
import {
  addStep,
  type CommandRow,
  countOpenCommands,
  findCommand,
  insertCommand,
  lockCommand,
  pageOfCommands,
  type StepRow,
  stepsOf,
  updateCommand,
} from './repository.js';
import type { commandAnswer, commandDetail, commandView, listCommandsInput, sendCommandInput } from './schema.js';
import { assertSendable } from './sendable.js';
import { nextDeviceCommandState } from './states.js';

const mostOpen = 100;
const most = { bytes: 16 * 1024, levels: 8 };

/** Commands to one's own devices. */
export function createDeviceCommandService(models: EquipmentModels) {
  /** Queues it; a gateway gives it to the device as soon as that is there. Throws what docs/devices.md lists. */
  async function send(scope: CommandScope, { device: code, name, parameters, expiresInS }: z.output<typeof sendCommandInput>) {
    const device = await requireDevice(scope, code);
    assertSendable(parameters, most);
    const equipment = await findEquipment(scope, device.equipment_id);
    assertDeclared(models.get(equipment?.model ?? ''), name, parameters);
    if ((await countOpenCommands(scope, code)) >= mostOpen) throw equipmentErrors.commands_waiting({ device: code, most: mostOpen });
    const id = newId<'device_command'>();
    const expires_at = new Date(scope.now.getTime() + expiresInS * 1000);
    await insertCommand(scope, { id, device: code, device_id: device.id, equipment_id: device.equipment_id, name, parameters, expires_at });
    await addStep(scope, id, 'queued', { by: scope.actor.label });
    await tell(scope, { id, device: code, name }, equipmentEvents.commandQueued);
    return viewOf(await known(scope, id));
  }

  /** No gateway gives it from now on. A device that has it already may still do it: its answer is then kept as late. */
  async function cancel(scope: CommandScope, id: string) {
    const row = await lockCommand(scope, id);
    if (!row) throw absent();
    const state = nextDeviceCommandState(row.state, 'cancel');
    if (!state) throw equipmentErrors.command_ended({ command: id, state: row.state });
    await updateCommand(scope, id, { state, due_at: null, ended_at: scope.now });
    await addStep(scope, id, 'canceled', { by: scope.actor.label });
    await tell(scope, row, equipmentEvents.commandCanceled);
    return viewOf(await known(scope, id));
  }

  return { send, cancel };
}

export async function getCommand(scope: Scope, id: string): Promise<z.output<typeof commandDetail>> {
  const row = await known(scope, id);
  return { ...viewOf(row), trail: (await stepsOf(scope, id)).map(stepView) };
}

/** The newest first. */
export async function listCommands(scope: Scope, { cursor, limit, device, state }: z.output<typeof listCommandsInput>) {
  if (device !== undefined) await requireDevice(scope, device);
  const rows = await pageOfCommands(scope, { device, state, after: decodeCursor(cursor), limit });
  const keptFrom = await readRecordsKeptFrom(scope, 'commands');
  return { ...page(rows, limit, ({ created_at, id }) => ({ key: created_at.toISOString(), id }), viewOf), keptFrom };
}

/** Tells the organization's own feed. */
export async function tell(scope: Scope, { id, device, name }: Pick<CommandRow, 'id' | 'device' | 'name'>, type: string): Promise<void> {
  const body: CommandChanged = { command: id, device, name };
  await appendEvent(scope, { type, record: null, body: { ...body } });
}

async function known(scope: Scope, id: string): Promise<CommandRow> {
  const row = await findCommand(scope, id);
  if (!row) throw absent();
  return row;
}

const absent = () => requestErrors.not_found({ kind: 'command' });

function viewOf(row: CommandRow): z.output<typeof commandView> {
  return {
    id: row.id,
    device: row.device,
    equipment: row.equipment_id,
    name: row.name,
    parameters: row.parameters,
    state: row.state,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    expiresAt: row.expires_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    deliveries: row.deliveries,
    endedAt: row.ended_at?.toISOString() ?? null,
    answer: answerOf(row),
  };
}

function answerOf({ answer, answered_at, answered_late }: CommandRow): z.output<typeof commandAnswer> | null {
  if (!answer || !answered_at) return null;
  const { id: _id, ok, error, ...more } = answer;
  return {
    ok: ok === true,
    error: typeof error === 'string' ? error : null,
    more,
    at: answered_at.toISOString(),
    late: answered_late === true,
  };
}

const stepView = ({ at, what, by, answer }: StepRow) => ({ at: at.toISOString(), what, by, answer });
