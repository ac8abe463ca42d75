import { newId } from '@yunfab/core/database';
import type { ApiBuilder, VerticalCall } from '@yunfab/core/verticals';
import { z } from 'zod';
import type { FishingGearConfig } from '../config.js';
import { curingOven } from '../equipment.js';
import { fishingGearErrors } from '../errors.js';
import type { FishingGearTables } from '../tables.js';

const tags = ['fishing-gear'];
const verdictSchema = z.enum(['pass', 'fail', 'inconclusive']).nullable();
const chargeView = z.object({
  run: z.uuid(),
  lot: z.uuid(),
  verdict: verdictSchema,
  equivalent: z.number().nullable(),
  chargedBy: z.string(),
  chargedAt: z.iso.datetime(),
});

type Core = VerticalCall<FishingGearConfig>['core'];

async function lastCure(core: Core, oven: string): Promise<string> {
  const { items } = await core.production.listRuns({ equipment: oven, state: 'evaluated', limit: 1 });
  const [last] = items;
  if (!last) throw fishingGearErrors.no_cure_yet({ oven });
  return last.id;
}

/** What lay in the ovens: one run cures the blanks of several lots. */
export const ovenProcedures = ({ query, command }: ApiBuilder<FishingGearConfig>) => ({
  charge: command({
    permission: 'fishing-gear.ovens.charge',
    rest: { method: 'POST', path: '/fishing-gear/oven-charges', summary: 'Record that a lot lay in a run of an oven', tags },
    input: z
      .object({
        lot: z.uuid(),
        run: z.uuid().optional(),
        /** Equipment whose last evaluated run it was, for whoever stands at the oven and knows no run by name. */
        oven: z.uuid().optional(),
      })
      .refine(({ run, oven }) => (run === undefined) !== (oven === undefined), {
        path: ['run'],
        message: 'name either the run or the oven',
      }),
    output: chargeView,
    run: async ({ db, core, organization, actor, now }, { run: named, oven, lot }) => {
      const id = named ?? (await lastCure(core, oven ?? ''));
      const { run, equipmentModel, evaluation } = await core.run(id);
      const charged = await core.lifecycle.get(lot);
      if (equipmentModel !== curingOven.id) throw fishingGearErrors.not_an_oven_run({ run: run.key, model: equipmentModel });
      if (!charged.own) throw fishingGearErrors.lot_not_own({ lot: charged.code });
      await db
        .withTables<FishingGearTables>()
        .insertInto('oven_charge')
        .values({ id: newId(), organization, run: id, lot, charged_by: actor.label, created_at: now })
        .onConflict((conflict) => conflict.columns(['organization', 'run', 'lot']).doNothing())
        .execute();
      await core.appendEvent({ type: 'fishing-gear.oven_charged', body: { run: id, lot } });
      return {
        run: id,
        lot,
        verdict: evaluation?.verdict ?? null,
        equivalent: evaluation?.values['cure_equivalent']?.value ?? null,
        chargedBy: actor.label,
        chargedAt: now.toISOString(),
      };
    },
  }),
  charges: query({
    permission: 'fishing-gear.bench.read',
    rest: { method: 'GET', path: '/fishing-gear/oven-charges', summary: 'Lots and the oven runs that they lay in, newest first', tags },
    input: z.object({ limit: z.number().int().min(1).max(100).default(50), cursor: z.iso.datetime().optional() }),
    output: z.object({ items: z.array(chargeView), next: z.string().nullable() }),
    run: async ({ db, core }, { limit, cursor }) => {
      let found = db.withTables<FishingGearTables>().selectFrom('oven_charge').selectAll();
      if (cursor) found = found.where('created_at', '<', new Date(cursor));
      const rows = await found
        .orderBy('created_at', 'desc')
        .limit(limit + 1)
        .execute();
      const items: z.input<typeof chargeView>[] = [];
      for (const { run, lot, charged_by, created_at } of rows.slice(0, limit)) {
        const { evaluation } = await core.run(run);
        items.push({
          run,
          lot,
          verdict: evaluation?.verdict ?? null,
          equivalent: evaluation?.values['cure_equivalent']?.value ?? null,
          chargedBy: charged_by,
          chargedAt: created_at.toISOString(),
        });
      }
      return { items, next: rows.length > limit ? (items.at(-1)?.chargedAt ?? null) : null };
    },
  }),
});
