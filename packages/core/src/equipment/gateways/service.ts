import type { z } from 'zod';
import { requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { mostLettersCounted } from '../dead-letters/service.js';
import { equipmentErrors } from '../errors.js';
import { findEquipment } from '../repository.js';
import { countGateways, type DeviceTrafficRow, type GatewayRow, readDeviceTraffic, readGateways } from './repository.js';
import type { deviceTrafficInput, deviceTrafficView, gatewayStatusView, gatewaysView, gatewayView } from './schema.js';

const mostDevices = 2_000;

export async function gatewayStatus(scope: Scope): Promise<z.output<typeof gatewayStatusView>> {
  const { running, newest_at, operator } = await countGateways(scope);
  return { running: Number(running), newestAt: newest_at?.toISOString() ?? null, operator };
}

/** Every gateway of the last week, the last heard of first. Throws `equipment.not_operator`. */
export async function listGateways(scope: Scope): Promise<z.output<typeof gatewaysView>> {
  if (!(await countGateways(scope)).operator) throw equipmentErrors.not_operator();
  return { items: (await readGateways(scope)).map(viewOf) };
}

export async function deviceTraffic(
  scope: Scope,
  { minutes, equipment }: z.output<typeof deviceTrafficInput>,
): Promise<z.output<typeof deviceTrafficView>> {
  if (equipment !== undefined && !(await findEquipment(scope, equipment))) throw requestErrors.not_found({ kind: 'equipment' });
  const since = new Date(scope.now.getTime() - minutes * 60_000);
  const rows = await readDeviceTraffic(scope, { since, equipment, limit: mostDevices + 1, lettersAmong: mostLettersCounted });
  return {
    asOf: scope.now.toISOString(),
    since: since.toISOString(),
    items: rows.slice(0, mostDevices).map(trafficOf),
    more: rows.length > mostDevices,
  };
}

function viewOf({ id, name, state, started_at, seen_at, counters, earlier_at, earlier }: GatewayRow): z.output<typeof gatewayView> {
  const of = (field: string) => counters[field] ?? 0;
  const overSeconds = earlier_at ? (seen_at.getTime() - earlier_at.getTime()) / 1000 : 0;
  const rate = (field: string) => (of(field) - (earlier?.[field] ?? 0)) / overSeconds;
  return {
    ...{ id, name, state, startedAt: started_at.toISOString(), asOf: seen_at.toISOString() },
    counters: {
      received: of('received'),
      committed: of('committed'),
      duplicate: of('duplicate'),
      deadLettered: of('deadLettered'),
      inFlight: of('inFlight'),
      unaccounted: of('received') - of('committed') - of('duplicate') - of('deadLettered') - of('inFlight'),
      inFlightBytes: of('inFlightBytes'),
      oldestInFlightMs: of('oldestInFlightMs'),
      droppedQos0: of('droppedQos0'),
      refused: of('refused'),
      valuesCommitted: of('valuesCommitted'),
      valuesRefused: of('valuesRefused'),
      batches: of('batches'),
      batchesMerged: of('batchesMerged'),
      retries: of('retries'),
      connections: of('connections'),
    },
    rates: earlier && overSeconds > 0 ? { messages: rate('received'), values: rate('valuesCommitted'), overSeconds } : null,
  };
}

function trafficOf(row: DeviceTrafficRow): z.output<typeof deviceTrafficView>['items'][number] {
  return {
    device: row.device,
    equipment: { id: row.equipment_id, code: row.equipment_code, name: row.equipment_name },
    credential: row.live ? 'live' : 'revoked',
    online: row.online,
    changedAt: row.changed_at?.toISOString() ?? null,
    stored: Number(row.stored),
    receivedAt: row.received_at?.toISOString() ?? null,
    newestTs: row.newest_ms,
    letters: Number(row.letters),
    lettersWaiting: Number(row.letters_waiting),
  };
}
