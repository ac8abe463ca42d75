import type { z } from 'zod';
import { createRecord } from '../access/index.js';
import { type CommandScope, requestErrors } from '../commands/index.js';
import { newId, type Scope } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import { cancelOpenClaims } from './claims/repository.js';
import { commonModels } from './common-models.js';
import { declaredOf } from './declared-view.js';
import { equipmentErrors } from './errors.js';
import { type EquipmentCreated, equipmentEvents } from './events.js';
import type { EquipmentModels } from './models.js';
import {
  type DeviceRow,
  type EquipmentRow,
  findEquipment,
  insertDevice,
  insertEquipment,
  pageDevices,
  pageEquipment,
  requireDevice,
} from './repository.js';
import {
  type aggregateInput,
  type createDeviceInput,
  type createEquipmentInput,
  type downsampleInput,
  type equipmentView,
  type listDevicesInput,
  type listEquipmentInput,
  mostPoints,
  type rangeInput,
} from './schema.js';
import { planBuckets, toBuckets } from './telemetry/buckets.js';
import { decodePosition, toColumns } from './telemetry/range.js';
import {
  bySignal,
  createSeries,
  readBuckets,
  readDeviceStatus,
  readExtremes,
  readKeptFrom,
  readLatest,
  readRange,
  readSamples,
  readSignals,
  type SignalRow,
} from './telemetry/reading.js';
import { bucketsFor, perBucket, thin } from './telemetry/thinning.js';
import { announceDevice, type DeviceTokens, endToken, giveToken } from './tokens.js';

export type EquipmentService = ReturnType<typeof createEquipmentService>;

/** Equipment, the devices that speak for it, and what they have reported. */
export function createEquipmentService({
  models: industryModels,
  deviceTokens,
}: {
  readonly models: EquipmentModels;
  readonly deviceTokens?: DeviceTokens | undefined;
}) {
  const models: EquipmentModels = new Map([...commonModels, ...industryModels]);

  async function visibleEquipment(scope: Scope, id: string): Promise<EquipmentRow> {
    const equipment = await findEquipment(scope, id);
    if (!equipment) throw requestErrors.not_found({ kind: 'equipment' });
    return equipment;
  }

  /** The model's signals become the equipment's series, so its devices may publish at once. */
  async function create(scope: Scope, input: z.output<typeof createEquipmentInput>): Promise<z.output<typeof equipmentView>> {
    const model = models.get(input.model);
    if (!model) throw equipmentErrors.model_unknown({ model: input.model, known: [...models.keys()].join(', ') || '–' });
    const id = newId<'record'>();
    await createRecord(scope, { id, kind: 'equipment', parties: [{ organization: scope.organization, role: 'owner' }] });
    if (!(await insertEquipment(scope, { id, ...input }))) throw equipmentErrors.code_taken({ code: input.code });
    await createSeries(scope, id, model.signals);
    const body: EquipmentCreated = { code: input.code, name: input.name, model: input.model };
    await appendEvent(scope, { type: equipmentEvents.created, record: id, body: { ...body } });
    return viewOf(await visibleEquipment(scope, id));
  }

  async function get(scope: Scope, id: string) {
    const equipment = await visibleEquipment(scope, id);
    const signals = await readSignals(scope, id);
    const devices = await readDeviceStatus(scope, id);
    return {
      ...viewOf(equipment),
      signals: signals.map(({ signal, unit, kind, range_low: low, range_high: high }) => ({
        name: signal,
        unit,
        kind,
        range: low === null && high === null ? null : { low, high },
      })),
      devices: devices.map(({ device, online, changed_at }) => ({ device, online, changedAt: changed_at?.toISOString() ?? null })),
      ...declaredOf(models.get(equipment.model)),
    };
  }

  async function list(scope: Scope, { limit, cursor }: z.output<typeof listEquipmentInput>) {
    return byCode(await pageEquipment(scope, limit, cursor), limit, viewOf);
  }

  async function latest(scope: Scope, id: string) {
    await visibleEquipment(scope, id);
    const rows = await readLatest(scope, id);
    return { signals: Object.fromEntries(rows.map(({ signal, ...row }) => [signal, row])) };
  }

  /** Those asked for, or all; authorised once. */
  async function wantedSignals(scope: Scope, equipment: string, signals: readonly string[] | undefined): Promise<SignalRow[]> {
    await visibleEquipment(scope, equipment);
    const all = await readSignals(scope, equipment);
    const unknown = signals?.find((signal) => !all.some((each) => each.signal === signal));
    if (unknown !== undefined) throw equipmentErrors.signal_unknown({ signal: unknown, known: all.map((each) => each.signal).join(', ') });
    return signals ? all.filter(({ signal }) => signals.includes(signal)) : all;
  }

  async function range(scope: Scope, { equipment, signals, from, to, cursor, limit }: z.output<typeof rangeInput>) {
    const wanted = await wantedSignals(scope, equipment, signals);
    if (to <= from) throw equipmentErrors.range_empty({ from, to });
    const { samples: keptFrom } = await readKeptFrom(scope);
    if (wanted.length === 0) return { signals: {}, next: null, keptFrom };
    const perSignal = Math.max(1, Math.floor(limit / wanted.length));
    const after = cursor === undefined ? null : decodePosition(cursor);
    const names = wanted.map((each) => each.signal);
    const rows = await readRange(scope, { equipment, signals: names, from, to, after, limitPerSignal: perSignal + 1 });
    return { ...toColumns(wanted, rows, perSignal), keptFrom };
  }

  async function aggregate(scope: Scope, { equipment, signals, ...asked }: z.output<typeof aggregateInput>) {
    const wanted = await wantedSignals(scope, equipment, signals);
    const { places, ...plan } = planBuckets(asked, Math.max(1, wanted.length));
    const kept = await readKeptFrom(scope);
    const keptFrom = { sample: kept.samples, minute: kept.minutes, hour: kept.hours }[plan.by];
    const names = wanted.map(({ signal }) => signal);
    const rows = names.length === 0 ? [] : await readBuckets(scope, { equipment, signals: names, ...asked, ...plan });
    return { signals: toBuckets(wanted, rows, places), keptFrom };
  }

  async function downsample(scope: Scope, { equipment, signals, from, to, ...asked }: z.output<typeof downsampleInput>) {
    const wanted = await wantedSignals(scope, equipment, signals);
    if (to <= from) throw equipmentErrors.range_empty({ from, to });
    if (asked.points * wanted.length > mostPoints)
      throw equipmentErrors.points_too_many({ points: asked.points, signals: wanted.length, most: mostPoints });
    const { samples: keptFrom } = await readKeptFrom(scope);
    if (wanted.length === 0) return { signals: {}, keptFrom };
    const names = wanted.map((each) => each.signal);
    const most = asked.method === 'lttb' ? Math.min(perBucket * asked.points, Math.floor(mostPoints / wanted.length)) : asked.points;
    const all = bySignal(await readSamples(scope, { equipment, signals: names, from, to, limitPerSignal: most + 1 }));
    const long = names.filter((signal) => (all.get(signal)?.length ?? 0) > most);
    const buckets = bucketsFor(asked);
    const extremes = bySignal(long.length === 0 ? [] : await readExtremes(scope, { equipment, signals: long, from, to, buckets }));
    const thinned = wanted.map((meaning) => {
      const { signal } = meaning;
      const rows = extremes.get(signal);
      return [signal, thin(meaning, rows ? { rows, whole: false } : { rows: all.get(signal) ?? [], whole: true }, asked)] as const;
    });
    return { signals: Object.fromEntries(thinned), keptFrom };
  }

  async function createDevice(scope: CommandScope, input: z.output<typeof createDeviceInput>) {
    const equipment = await visibleEquipment(scope, input.equipment);
    if (equipment.organization !== scope.organization) throw equipmentErrors.not_owner({ code: equipment.code });
    if (!(await insertDevice(scope, equipment.id, input.device))) throw equipmentErrors.device_taken({ device: input.device });
    return giveToken(scope, { ...placeOf(scope, input.device), event: equipmentEvents.deviceCreated, tokens: deviceTokens });
  }

  async function rotateDevice(scope: CommandScope, code: string) {
    await requireDevice(scope, code);
    await cancelOpenClaims(scope, code);
    return giveToken(scope, { ...placeOf(scope, code), event: equipmentEvents.deviceRotated, tokens: deviceTokens });
  }

  /**
   * The device may not connect again, and is cut off within a second where it is connected. Its claim codes end first: one that is
   * being used right now is waited for, and its token revoked with the rest.
   */
  async function revokeDevice(scope: Scope, code: string) {
    const device = await requireDevice(scope, code);
    await cancelOpenClaims(scope, code);
    if (await endToken(scope, code)) await announceDevice(scope, code, equipmentEvents.deviceRevoked);
    return deviceViewOf({ ...device, live: false });
  }

  async function listDevices(scope: Scope, { equipment, limit, cursor }: z.output<typeof listDevicesInput>) {
    if (equipment !== undefined) await visibleEquipment(scope, equipment);
    return byCode(await pageDevices(scope, limit, cursor, equipment), limit, deviceViewOf);
  }

  return { models, create, get, list, latest, range, aggregate, downsample, createDevice, rotateDevice, revokeDevice, listDevices };
}

function placeOf({ actor }: CommandScope, device: string) {
  return { organization: actor.organizationCode, device };
}

function byCode<Row extends { code: string }, Item>(rows: readonly Row[], limit: number, itemOf: (row: Row) => Item) {
  const shown = rows.slice(0, limit);
  return { items: shown.map(itemOf), next: rows.length > limit ? (shown.at(-1)?.code ?? null) : null };
}

function viewOf({ created_at, ...row }: EquipmentRow): z.output<typeof equipmentView> {
  return { ...row, createdAt: created_at.toISOString() };
}

function deviceViewOf(row: DeviceRow) {
  return {
    device: row.code,
    equipment: row.equipment_id,
    createdAt: row.created_at.toISOString(),
    credential: row.live ? ('live' as const) : ('revoked' as const),
  };
}
