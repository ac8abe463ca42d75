import { createCore } from '@yunfab/core';
import { createCallerFactory } from '@yunfab/core/commands';
import { newId } from '@yunfab/core/database';
import { type TestDatabase, type TestOrganization, testContext } from '@yunfab/core/testing';
import { loadVerticals } from '@yunfab/core/verticals';
import { historyOf, type Machine } from '@yunfab/simulator';
import { tire } from './index.js';

const core = createCore({
  verticals: loadVerticals([{ source: '@yunfab/vertical-tire', exported: tire }], { platformVersion: '0.1.0' }),
});
const createCaller = createCallerFactory(core.router);

/** The shop floor of a test: machines whose past is stored as the gateway would store it, then judged. */
export function tellFloor(db: TestDatabase, who: TestOrganization) {
  const caller = (organization = who) => createCaller(testContext(db, organization));
  return {
    async machine(code: string, model: string): Promise<string> {
      const { id } = await caller().equipment.create({ code, name: code, model });
      await caller().equipment.devices.create({ equipment: id, device: code });
      return id;
    },

    /** An order of `buyer` in production on the equipment since long ago; gives the lot. */
    async startJob(buyer: TestOrganization, equipment: string, ownNumber = 'PO-1'): Promise<string> {
      const proposed = await caller(buyer).orders.propose({
        supplier: who.code,
        ownNumber,
        currency: 'CNY',
        dueOn: '2099-12-24',
        lines: [{ description: 'Tires', quantity: { value: '100', unit: 'H87' }, unitPrice: '200' }],
      });
      const accepted = await caller().orders.accept({ order: proposed.id, version: proposed.version });
      const line = accepted.lines[0]?.id ?? '';
      const started = await caller().orders.start({ order: proposed.id, version: accepted.version, line, equipment });
      await db.owner.pool.query(`update core.operation set started_at = now() - interval '1 day' where equipment_id = $1`, [equipment]);
      await db.owner.pool.query(
        `update core.operation_stretch set begun_at = now() - interval '1 day'
         where operation_id in (select id from core.operation where equipment_id = $1)`,
        [equipment],
      );
      await db.owner.pool.query(`update core.operation_lot set opened_at = now() - interval '1 day' where lot_id = $1`, [started.lot]);
      return started.lot;
    },

    async tell(equipment: string, machine: Machine, lengthMs: number): Promise<void> {
      const to = Math.floor(Date.now() / 1000) * 1000;
      for (const at of [to - lengthMs, to])
        await db.database.ingest.pool.query('select telemetry.ensure_partition($1::date)', [new Date(at).toISOString().slice(0, 10)]);
      for (const { topic, payload } of historyOf(machine, { from: to - lengthMs, to, batch: 500 })) {
        if (topic === 'event') {
          const { ts, seq, type, ...body } = payload;
          await db.owner.pool.query(
            `with e as (insert into telemetry.device_event (id, organization, device_id, equipment_id, ts, ordinal, seq, type, body, quality, received_at)
               select $1, d.organization, d.id, d.equipment_id, $3, $4, $4, $5, $6, 192, $3 from core.device d where d.equipment_id = $2
               returning id, organization)
             insert into telemetry.device_event_pending (organization, event_id) select organization, id from e`,
            [newId(), equipment, new Date(ts), seq, type, JSON.stringify(body)],
          );
          continue;
        }
        const rows = payload.flatMap(({ ts, seq, values }) =>
          Object.entries(values).flatMap(([signal, value]) => (typeof value === 'number' ? [{ ts, seq, signal, value }] : [])),
        );
        await db.owner.pool.query(
          `insert into telemetry.sample (series, ts, ordinal, value, quality)
           select s.id, to_timestamp(r.ts / 1000), r.seq, r.value, 192
           from jsonb_to_recordset($2::jsonb) as r (ts double precision, seq int, signal text, value double precision)
           join telemetry.series s on s.equipment_id = $1 and s.signal = r.signal`,
          [equipment, JSON.stringify(rows)],
        );
      }
      const problems: object[] = [];
      const log = { warn: (details: object) => void problems.push(details), error: (details: object) => void problems.push(details) };
      await core.createProjector({ database: db.database, clock: () => new Date(), log }).drain();
      if (problems.length > 0) throw new Error(JSON.stringify(problems[0]));
    },

    async units(lot: string): Promise<string[]> {
      return (await caller().lifecycle.units.list({ lot, limit: 100 })).items.map(({ id }) => id);
    },

    async lastRun(equipment: string): Promise<string> {
      return (await caller().production.runs.list({ equipment, limit: 1 })).items[0]?.id ?? '';
    },
  };
}
