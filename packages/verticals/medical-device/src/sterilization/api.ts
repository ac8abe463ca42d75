import { newId } from '@yunfab/core/database';
import { type ApiBuilder, evaluatedRunSchema, viewEvaluatedRun } from '@yunfab/core/verticals';
import { z } from 'zod';
import type { MedicalDeviceConfig } from '../config.js';
import { medicalDeviceErrors } from '../errors.js';
import type { MedicalDeviceTables } from '../tables.js';
import { programSchema } from './program.js';

const tags = ['medical-device'];
const programView = z.object({ ...programSchema.shape, id: z.uuid(), created_at: z.iso.datetime() });

export const sterilizationApi = ({ query, command }: ApiBuilder<MedicalDeviceConfig>) => ({
  programs: {
    create: command({
      permission: 'medical-device.programs.manage',
      rest: { method: 'POST', path: '/medical-device/programs', summary: 'Create a validated sterilization program', tags },
      input: programSchema,
      output: programView,
      run: async ({ db, core, organization, now }, program) => {
        const id = newId();
        const made = await db
          .withTables<MedicalDeviceTables>()
          .insertInto('sterilization_program')
          .values({ id, organization, ...program, created_at: now })
          .onConflict((conflict) => conflict.columns(['organization', 'code']).doNothing())
          .returning('id')
          .execute();
        if (made.length === 0) throw medicalDeviceErrors.program_taken({ code: program.code });
        await core.appendEvent({ type: 'medical-device.program_created', body: { code: program.code } });
        return { ...program, id, created_at: now.toISOString() };
      },
    }),
    list: query({
      permission: 'medical-device.programs.read',
      rest: { method: 'GET', path: '/medical-device/programs', summary: 'List sterilization programs by code', tags },
      input: z.object({ limit: z.number().int().min(1).max(100).default(50), cursor: z.string().max(40).optional() }),
      output: z.object({ items: z.array(programView), next: z.string().nullable() }),
      run: async ({ db }, { limit, cursor = '' }) => {
        const rows = await db
          .withTables<MedicalDeviceTables>()
          .selectFrom('sterilization_program')
          .selectAll()
          .where('code', '>', cursor)
          .orderBy('code')
          .limit(limit + 1)
          .execute();
        const items = rows
          .slice(0, limit)
          .map(({ organization: _own, created_at, ...row }) => ({ ...row, created_at: created_at.toISOString() }));
        return { items, next: rows.length > limit ? (items.at(-1)?.code ?? null) : null };
      },
    }),
  },
  cycles: {
    get: query({
      permission: 'medical-device.cycles.read',
      rest: {
        method: 'GET',
        path: '/medical-device/cycles/{run}',
        summary: 'A steam cycle: F₀ of the coldest probe, plateau and findings',
        tags,
      },
      input: z.object({ run: z.uuid() }),
      output: evaluatedRunSchema,
      run: async ({ core }, { run }) => viewEvaluatedRun(await core.run(run)),
    }),
  },
});
