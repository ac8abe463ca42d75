import { createCallerFactory, router, toWireError } from '../commands/index.js';
import { newId } from '../database/index.js';
import { createEngineeringRouter, createEngineeringService } from '../engineering/index.js';
import { createEquipmentRouter, createEquipmentService, type EquipmentModels } from '../equipment/index.js';
import { createLifecycleRouter, createLifecycleService } from '../lifecycle/index.js';
import {
  createDeviceEventProjector,
  createProductionRouter,
  createProductionService,
  noEvaluators,
  productionGates,
  type RunEvaluators,
  runProofs,
} from '../production/index.js';
import { type TestDatabase, type TestOrganization, testContext } from '../testing/index.js';
import { createOrderService, createOrdersRouter, orderProgress } from './index.js';

const models: EquipmentModels = new Map([
  [
    'test.machine',
    {
      words: { en: 'Machine', zh: '机器' },
      signals: [{ name: 'temperature', unit: 'Cel', kind: 'number', words: { en: 'Temperature', zh: '温度' } }],
    },
  ],
]);

/** Core as composition wires it, over a test database, with a machine whose messages the test writes. */
export function createFloor(db: TestDatabase, { evaluators = noEvaluators, now }: { evaluators?: RunEvaluators; now?: () => Date } = {}) {
  const clock = now ?? (() => new Date());
  const createCaller = createCallerFactory(
    router({
      engineering: createEngineeringRouter(createEngineeringService()),
      equipment: createEquipmentRouter(createEquipmentService({ models })),
      lifecycle: createLifecycleRouter(createLifecycleService({ gates: productionGates, proofs: runProofs })),
      production: createProductionRouter(createProductionService({ evaluators, progress: orderProgress })),
      orders: createOrdersRouter(createOrderService({ specifications: (given) => given })),
    }),
  );
  const problems: unknown[] = [];
  const log = { warn: (details: object) => void problems.push(details), error: (details: object) => void problems.push(details) };
  const as = (who: TestOrganization, idempotencyKey?: string) =>
    createCaller(testContext(db, who, { clock, ...(idempotencyKey ? { idempotencyKey } : {}) }));
  let machines = 0;
  let ordinal = 0;

  return {
    as,
    problems,
    projector: createDeviceEventProjector({ database: db.database, clock, log, evaluators, progress: orderProgress }),

    /** A machine with one device of the same code. */
    async machine(who: TestOrganization): Promise<string> {
      const code = `machine-${++machines}`;
      const { id } = await as(who).equipment.create({ code, name: code, model: 'test.machine' });
      await as(who).equipment.devices.create({ equipment: id, device: code });
      return id;
    },

    /** What the gateway writes when the machine's device publishes events. */
    async publish(equipment: string, events: readonly { type: string; ts?: Date; [field: string]: unknown }[]): Promise<void> {
      for (const { type, ts = clock(), ...body } of events) {
        await db.owner.pool.query(
          `with e as (insert into telemetry.device_event (id, organization, device_id, equipment_id, ts, ordinal, seq, type, body, quality, received_at)
             select $1, d.organization, d.id, d.equipment_id, $3, $4, null, $5, $6, 192, $3 from core.device d where d.equipment_id = $2
             returning id, organization)
           insert into telemetry.device_event_pending (organization, event_id) select organization, id from e`,
          [newId(), equipment, ts, ++ordinal, type, JSON.stringify(body)],
        );
      }
    },

    async samples(equipment: string, from: Date, values: readonly number[], stepMs = 1000): Promise<void> {
      await db.database.ingest.pool.query('select telemetry.ensure_partition($1::date)', [from.toISOString().slice(0, 10)]);
      await db.owner.pool.query(
        `insert into telemetry.sample (series, ts, ordinal, value, quality)
         select s.id, $2::timestamptz + (n - 1) * $3::double precision * interval '1 millisecond', n, v, 192
         from telemetry.series s, unnest($4::double precision[]) with ordinality as u (v, n) where s.equipment_id = $1 and s.signal = 'temperature'`,
        [equipment, from, stepMs, values],
      );
    },
  };
}
export type Floor = ReturnType<typeof createFloor>;

/** The code under which the promise is refused, as a client would read it. */
export const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'nothing failed',
    (error: unknown) => toWireError(error, '').body.error.code,
  );

export const proposal = (supplier: string, ownNumber: string, quantity = '10') => ({
  supplier,
  ownNumber,
  currency: 'CNY' as const,
  dueOn: '2026-12-24',
  lines: [{ description: 'Part', quantity: { value: quantity, unit: 'H87' as const }, unitPrice: '12.5' }],
});
