import { newId } from '@yunfab/core/database';
import type { ApiBuilder } from '@yunfab/core/verticals';
import { z } from 'zod';
import type { MedicalDeviceConfig } from '../config.js';
import type { MedicalDeviceTables } from '../tables.js';
import { requireUdi } from '../udi/read.js';
import { findDevice } from './find-device.js';
import { existingKey, pseudonymKey, pseudonymOf } from './pseudonym.js';

const tags = ['medical-device'];
const wordsSchema = z.object({ en: z.string(), zh: z.string() });
const scan = z.string().min(1).max(500);
/** The hospital's own number of a patient; it is never kept. */
const patient = z.string().trim().min(1).max(100);

const useView = z.object({
  id: z.uuid(),
  lot: z.uuid(),
  unit: z.uuid().nullable(),
  activity: z.uuid(),
  di: z.string(),
  lotNumber: z.string(),
  serial: z.string().nullable(),
  /** Units of use. */
  quantity: z.number().int(),
  /** The pseudonym. */
  patient: z.string(),
  usedAt: z.iso.datetime(),
});

/** The use of devices at a hospital: the lot and the moment are shared with the maker, the patient with nobody. */
export const useApi = ({ query, command }: ApiBuilder<MedicalDeviceConfig>) => ({
  record: command({
    permission: 'medical-device.uses.record',
    rest: { method: 'POST', path: '/medical-device/uses', summary: 'Record the use of a scanned device at a patient', tags },
    input: z.object({ scan, patient, quantity: z.number().int().min(1).max(1000).default(1), usedAt: z.iso.datetime().optional() }),
    output: useView.extend({ maker: wordsSchema, lotCode: z.string(), warnings: z.array(wordsSchema), warningLines: wordsSchema }),
    run: async (call, input) => {
      const { db, core, organization, now } = call;
      const scanned = requireUdi(input.scan, now);
      const device = await findDevice(call, scanned);
      const quantity = input.quantity * device.units;
      const usedAt = input.usedAt === undefined ? now : new Date(input.usedAt);
      const { id: activity } = await core.lifecycle.recordActivity({
        kind: 'used',
        at: usedAt.toISOString(),
        inputs: [device.unit === null ? { thing: device.lot, quantity: String(quantity) } : { thing: device.unit }],
        sharedWith: [device.maker.code],
        details: { di: device.di, lot: device.lotNumber },
      });
      const row = {
        id: newId(),
        organization,
        lot_id: device.lot,
        unit_id: device.unit,
        activity,
        di: device.di,
        lot_number: device.lotNumber,
        serial: scanned.serial,
        quantity,
        patient: pseudonymOf(input.patient, await pseudonymKey(db, { organization, now })),
        used_at: usedAt,
        created_at: now,
      };
      await db.withTables<MedicalDeviceTables>().insertInto('device_use').values(row).execute();
      const warnings = expiryWarnings(device.expiry ?? scanned.expiry, usedAt);
      return {
        ...viewUse(row),
        maker: device.maker.name,
        lotCode: device.lotCode,
        warnings,
        warningLines: { en: warnings.map(({ en }) => en).join('\n'), zh: warnings.map(({ zh }) => zh).join('\n') },
      };
    },
  }),

  list: query({
    permission: 'medical-device.uses.read',
    rest: { method: 'GET', path: '/medical-device/uses', summary: 'List uses, newest first; of a lot or a patient when asked', tags },
    input: z.object({
      limit: z.number().int().min(1).max(100).default(50),
      cursor: z.uuid().optional(),
      lot: z.uuid().optional(),
      /** The hospital's own number; it is turned into the pseudonym and not kept. */
      patient: patient.optional(),
    }),
    output: z.object({ items: z.array(useView), next: z.string().nullable() }),
    run: async ({ db }, { limit, cursor, lot, patient: reference }) => {
      let found = db.withTables<MedicalDeviceTables>().selectFrom('device_use').selectAll();
      if (cursor !== undefined) found = found.where('id', '<', cursor);
      if (lot !== undefined) found = found.where('lot_id', '=', lot);
      if (reference !== undefined) {
        const key = await existingKey(db);
        if (key === null) return { items: [], next: null };
        found = found.where('patient', '=', pseudonymOf(reference, key));
      }
      const rows = await found
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      const items = rows.slice(0, limit).map(viewUse);
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  }),
});

const viewUse = (row: MedicalDeviceTables['device_use']) => ({
  id: row.id,
  lot: row.lot_id,
  unit: row.unit_id,
  activity: row.activity,
  di: row.di,
  lotNumber: row.lot_number,
  serial: row.serial,
  quantity: row.quantity,
  patient: row.patient,
  usedAt: row.used_at.toISOString(),
});

/** What happened is recorded in any case; that it should not have is said. */
function expiryWarnings(expiry: string | null, usedAt: Date): { en: string; zh: string }[] {
  if (expiry === null || usedAt.toISOString().slice(0, 10) <= expiry) return [];
  return [{ en: `The device was to be used by ${expiry}: it had expired.`, zh: `该器械应在 ${expiry} 前使用：使用时已过期。` }];
}
