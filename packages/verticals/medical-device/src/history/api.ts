import { newId } from '@yunfab/core/database';
import type { ApiBuilder } from '@yunfab/core/verticals';
import { z } from 'zod';
import type { MedicalDeviceConfig } from '../config.js';
import { medicalDeviceErrors } from '../errors.js';
import type { MedicalDeviceTables } from '../tables.js';

const tags = ['medical-device'];

/** What a device history record needs beside cycles, materials and labels: inspections with their figures. */
export const historyApi = ({ command }: ApiBuilder<MedicalDeviceConfig>) => ({
  inspect: command({
    permission: 'medical-device.inspections.record',
    rest: { method: 'POST', path: '/medical-device/inspections', summary: 'Record the inspection of a lot with what was found', tags },
    input: z.object({
      lot: z.uuid(),
      /** Of the procedure or sampling plan: `GB/T 2828.1 II, AQL 0.65`. */
      plan: z.string().trim().min(1).max(200),
      sampled: z.number().int().min(1).max(1_000_000),
      defects: z.number().int().min(0).max(1_000_000).default(0),
      /** Acceptance number of the plan. */
      acceptedDefects: z.number().int().min(0).max(10_000).default(0),
    }),
    output: z.object({ id: z.uuid(), activity: z.uuid(), passed: z.boolean() }),
    run: async ({ db, core, organization, now }, { lot, plan, sampled, defects, acceptedDefects }) => {
      const { code } = await core.lifecycle.get(lot);
      if (defects > sampled) throw medicalDeviceErrors.inspected_more({ lot: code, sampled, defects });
      const { id: activity } = await core.lifecycle.recordActivity({
        kind: 'inspected',
        inputs: [{ thing: lot }],
        note: plan,
        details: { sampled, defects, acceptedDefects },
      });
      const id = newId();
      await db
        .withTables<MedicalDeviceTables>()
        .insertInto('inspection')
        .values({ id, organization, lot_id: lot, activity, plan, sampled, defects, accepted_defects: acceptedDefects, inspected_at: now })
        .execute();
      return { id, activity, passed: defects <= acceptedDefects };
    },
  }),
});
