import { type Selectable, sql } from 'kysely';
import { newId, type RecordId, type Scope } from '../database/index.js';
import { equipmentErrors } from './errors.js';
import type { EquipmentTables } from './tables.js';

export type EquipmentRow = Selectable<EquipmentTables['equipment']>;
export type DeviceRow = Selectable<EquipmentTables['device']> & { live: boolean };

const tables = (scope: Scope) => scope.tx.withTables<EquipmentTables>();

export async function findEquipment(scope: Scope, id: string): Promise<EquipmentRow | undefined> {
  return tables(scope)
    .selectFrom('equipment')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst();
}

/** Own equipment by code; one row more than the limit when there are more. */
export async function pageEquipment(scope: Scope, limit: number, after: string | undefined): Promise<EquipmentRow[]> {
  let rows = tables(scope).selectFrom('equipment').selectAll().where('organization', '=', scope.organization);
  if (after !== undefined) rows = rows.where('code', '>', after);
  return rows
    .orderBy('code')
    .limit(limit + 1)
    .execute();
}

export async function insertEquipment(
  scope: Scope,
  equipment: Omit<EquipmentRow, 'state' | 'created_at' | 'organization'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tables(scope)
    .insertInto('equipment')
    .values({ ...equipment, organization: scope.organization, created_at: scope.now })
    .onConflict((conflict) => conflict.columns(['organization', 'code']).doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

export async function findDevice(scope: Scope, code: string): Promise<DeviceRow | undefined> {
  return devices(scope).where('device.code', '=', code).executeTakeFirst();
}

/** Throws `equipment.device_not_found`. */
export async function requireDevice(scope: Scope, code: string): Promise<DeviceRow> {
  const device = await findDevice(scope, code);
  if (!device) throw equipmentErrors.device_not_found({ device: code });
  return device;
}

export async function pageDevices(
  scope: Scope,
  limit: number,
  after: string | undefined,
  equipment: string | undefined,
): Promise<DeviceRow[]> {
  let rows = devices(scope);
  if (after !== undefined) rows = rows.where('device.code', '>', after);
  if (equipment !== undefined) rows = rows.where('device.equipment_id', '=', equipment as RecordId);
  return rows
    .orderBy('device.code')
    .limit(limit + 1)
    .execute();
}

function devices(scope: Scope) {
  return tables(scope)
    .selectFrom('device')
    .selectAll('device')
    .select(
      sql<boolean>`exists (select 1 from core.device_credential c
        where c.organization = device.organization and c.device = device.code and c.revoked_at is null)`.as('live'),
    )
    .where('device.organization', '=', scope.organization);
}

export async function insertDevice(scope: Scope, equipment: RecordId, code: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tables(scope)
    .insertInto('device')
    .values({ id: newId<'device'>(), organization: scope.organization, code, equipment_id: equipment, created_at: scope.now })
    .onConflict((conflict) => conflict.columns(['organization', 'code']).doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Its id. */
export async function insertCredential(scope: Scope, device: string, hash: Buffer): Promise<string> {
  const id = newId<'credential'>();
  await tables(scope)
    .insertInto('device_credential')
    .values({ id, organization: scope.organization, device, hash, created_at: scope.now })
    .execute();
  return id;
}

export async function keepWaitingToken(
  scope: Scope,
  waiting: { readonly device: string; readonly credential: string; readonly sealed: Buffer },
): Promise<void> {
  await tables(scope)
    .insertInto('device_token_waiting')
    .values({ ...waiting, organization: scope.organization, created_at: scope.now })
    .execute();
}

export async function endWaitingToken(scope: Scope, device: string): Promise<void> {
  await tables(scope)
    .deleteFrom('device_token_waiting')
    .where('organization', '=', scope.organization)
    .where('device', '=', device)
    .execute();
}

export async function revokeCredential(scope: Scope, device: string): Promise<boolean> {
  const { numUpdatedRows } = await tables(scope)
    .updateTable('device_credential')
    .set({ revoked_at: scope.now })
    .where('organization', '=', scope.organization)
    .where('device', '=', device)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
