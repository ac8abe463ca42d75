import type { z } from 'zod';
import { type CommandScope, decodeCursor, page, requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { equipmentErrors } from '../errors.js';
import { equipmentEvents, type RegistrationSwitched, type SignalRegistered } from '../events.js';
import type { EquipmentModels, SignalKind } from '../models.js';
import type { EquipmentService } from '../service.js';
import { createSeries, type NewSeries } from '../telemetry/reading.js';
import {
  askReplayOf,
  endQuarantined,
  type ListedRow,
  lockQuarantined,
  pageOfQuarantine,
  switchedModels,
  switchModel,
} from './repository.js';
import type {
  acceptDeviceInput,
  acceptSignalInput,
  listQuarantineInput,
  quarantinedView,
  registrationView,
  switchRegistrationInput,
} from './schema.js';

export async function listQuarantine(scope: Scope, { cursor, limit, device }: z.output<typeof listQuarantineInput>) {
  const rows = await pageOfQuarantine(scope, { device, after: decodeCursor(cursor), limit });
  return page(rows, limit, ({ last_at, id }) => ({ key: last_at.toISOString(), id }), viewOf);
}

/** Gives the device's equipment the signal and has what lacked it replayed. */
export async function acceptSignal(scope: Scope, { entry, ...signal }: z.output<typeof acceptSignalInput>) {
  const found = await lockQuarantined(scope, entry);
  if (!found || found.signal === '' || found.equipment === null) throw absent();
  await registerSignal(scope, found.equipment, { name: found.signal, ...signal }, scope.actor.kind === 'system');
  await endQuarantined(scope, entry);
  const letters = await askReplayOf(scope, found.device, 'unknown_signal');
  return { equipment: found.equipment, device: found.device, signal: found.signal, letters };
}

/** Registers the device on the equipment, as `devices.create` does, and has what it sent before replayed. */
export async function acceptDevice(
  service: Pick<EquipmentService, 'createDevice'>,
  scope: CommandScope,
  { entry, equipment }: z.output<typeof acceptDeviceInput>,
) {
  const found = await lockQuarantined(scope, entry);
  if (found?.signal !== '') throw absent();
  const created = await service.createDevice(scope, { equipment, device: found.device });
  await endQuarantined(scope, entry);
  return { ...created, letters: await askReplayOf(scope, found.device, 'unknown_device') };
}

/** Forgets it; it comes again when it knocks again. Its dead letters stay. */
export async function dismiss(scope: Scope, entry: string) {
  if (!(await lockQuarantined(scope, entry))) throw absent();
  await endQuarantined(scope, entry);
  return { entry };
}

export async function registrationOf(scope: Scope): Promise<z.output<typeof registrationView>> {
  const models = await switchedModels(scope);
  return { all: models.includes(''), models: models.filter((model) => model !== '') };
}

/** Throws `equipment.model_unknown`. */
export async function switchRegistration(
  models: EquipmentModels,
  scope: Scope,
  { model, on }: z.output<typeof switchRegistrationInput>,
): Promise<z.output<typeof registrationView>> {
  if (model !== undefined && !models.has(model))
    throw equipmentErrors.model_unknown({ model, known: [...models.keys()].join(', ') || '–' });
  const body: RegistrationSwitched = { model: model ?? null, on };
  if (await switchModel(scope, model ?? '', on))
    await appendEvent(scope, { type: equipmentEvents.registrationSwitched, record: null, body: { ...body } });
  return registrationOf(scope);
}

/** The kind of signal that such a value is of; null: that of none. */
export function kindOf(value: unknown): SignalKind | null {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' ? 'text' : null;
}

async function registerSignal(scope: Scope, equipment: string, signal: NewSeries, automatic: boolean): Promise<void> {
  await createSeries(scope, equipment, [signal]);
  const body: SignalRegistered = { equipment, signal: signal.name, unit: signal.unit, kind: signal.kind, automatic };
  await appendEvent(scope, { type: equipmentEvents.signalRegistered, record: null, body: { ...body } });
}

const absent = () => requestErrors.not_found({ kind: 'quarantine entry' });

function viewOf({ count, first_at, last_at, value, sample, signal, origin, ...row }: ListedRow): z.output<typeof quarantinedView> {
  const kind = kindOf(value);
  return {
    id: row.id,
    device: row.device,
    signal: signal === '' ? null : signal,
    equipment: row.equipment,
    count: Number(count),
    firstAt: first_at.toISOString(),
    lastAt: last_at.toISOString(),
    value: kind === null ? null : (value as number | string | boolean),
    kind,
    sample: sample?.toString('utf8') ?? null,
    from: origin === '' ? null : origin,
  };
}
