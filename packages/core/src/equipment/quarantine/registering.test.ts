import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCallerFactory, router } from '../../commands/index.js';
import { newId } from '../../database/index.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization, testContext } from '../../testing/index.js';
import { createEquipmentRouter, createEquipmentService, registerSignals } from '../index.js';

const createCaller = createCallerFactory(router(createEquipmentRouter(createEquipmentService({ models: new Map() }))));
const at = new Date();

let db: TestDatabase;
let maker: TestOrganization;
beforeAll(async () => {
  db = await createTestDatabase();
  maker = await createTestOrganization(db, 'maker');
});
afterAll(() => db.close());

const caller = () => createCaller(testContext(db, maker));
const sql = async <Row extends object>(text: string, ...values: unknown[]) => (await db.owner.pool.query<Row>(text, values)).rows;

/** A machine with so many signals, and a device of it that sent so many which nobody registered, the first of them first. */
async function machine(code: string, signals: number, unknown: number): Promise<string> {
  const { id } = await caller().create({ code, name: code, model: 'machine' });
  await caller().devices.create({ equipment: id, device: code });
  await sql(
    `insert into telemetry.series (organization, equipment_id, signal, unit, value_kind)
     select $1, $2, 'known_' || n, '1', 'number'
     from generate_series(1, $3 - (select count(*)::int from telemetry.series where equipment_id = $2)) n`,
    ...[maker.id, id, signals],
  );
  for (let n = 0; n < unknown; n++)
    await sql(
      `insert into telemetry.quarantine (id, organization, device, signal, count, first_at, last_at, value) values ($1, $2, $3, $4, 1, $5, $5, '1')`,
      ...[newId(), maker.id, code, `new_${n}`, new Date(at.getTime() + n)],
    );
  return id;
}
const signalsOf = (equipment: string) =>
  sql<{ signal: string }>('select signal from telemetry.series where equipment_id = $1 order by signal', equipment);

it('no equipment gets more than 500 signals by itself, the first that came before the others', async () => {
  const [full, small] = [await machine('full', 498, 5), await machine('small', 10, 3)];
  await caller().quarantine.switchRegistration({ model: 'machine', on: true });
  expect(await registerSignals({ database: db.database, clock: () => at })).toBe(5);
  const signals = (await signalsOf(full)).map(({ signal }) => signal);
  expect(signals).toHaveLength(500);
  expect(signals.filter((signal) => signal.startsWith('new_'))).toEqual(['new_0', 'new_1']);
  expect(await signalsOf(small)).toHaveLength(13);
  expect(await registerSignals({ database: db.database, clock: () => at })).toBe(0);
  expect((await caller().quarantine.list({})).items.map(({ signal }) => signal)).toEqual(['new_4', 'new_3', 'new_2']);
});
