import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCore } from '../core.js';
import { newId } from '../database/index.js';
import {
  createSharedWorld,
  createTestDatabase,
  createTestOrganization,
  inProcess,
  recordUpload,
  runVisibilityMatrix,
  type TestDatabase,
  type TestOrganization,
  testContext,
} from './index.js';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

/** What the gateway writes when the device publishes; the projector makes a run of it. */
async function reportRun(core: ReturnType<typeof createCore>, equipment: string): Promise<void> {
  for (const [place, type] of ['run_started', 'run_ended'].entries())
    await db.owner.pool.query(
      `with e as (insert into telemetry.device_event (id, organization, device_id, equipment_id, ts, ordinal, seq, type, body, quality, received_at)
       select $1, d.organization, d.id, d.equipment_id, now(), $3, null, $4, '{"run": "run-hush"}', 192, now() from core.device d where d.equipment_id = $2
       returning id, organization)
     insert into telemetry.device_event_pending (organization, event_id) select organization, id from e`,
      [newId(), equipment, place, type],
    );
  await db.owner.pool.query(
    `insert into telemetry.dead_letter (id, fingerprint, organization, device, topic, payload, size, reason, detail, first_at, last_at)
     select $1, '\\x01', d.organization, d.code, 'yf/v1/x/hush/telemetry', '{', 1, 'not_json', 'hush', now(), now() from core.device d where d.equipment_id = $2`,
    [newId(), equipment],
  );
  await db.owner.pool.query(
    `insert into telemetry.quarantine (id, organization, device, signal, count, first_at, last_at, value)
     select gen_random_uuid(), d.organization, coalesce(u.device, d.code), u.signal, 1, now(), now(), '1' from core.device d,
       (values (null, 'hush_a'), (null, 'hush_b'), ('ghost-hush', '')) as u (device, signal) where d.equipment_id = $1`,
    [equipment],
  );
  const log = { warn() {}, error() {} };
  await core.createProjector({ database: db.database, clock: () => new Date(), log }).drain();
}

/** What the server records once the content is in its store. */
async function uploadTo(who: TestOrganization, name: string, content: string): Promise<string> {
  const sha256 = createHash('sha256').update(content).digest('hex');
  await recordUpload(db, who, { sha256, size: content.length, mediaType: 'text/plain', name });
  return sha256;
}

it('lets no procedure of core tell hidden from absent', async () => {
  const core = createCore({ verticals: [] });
  const [buyer, party, granted, unrelated, revoked] = await Promise.all(
    ['the-buyer', 'the-party', 'the-granted', 'the-unrelated', 'the-revoked'].map((code) => createTestOrganization(db, code)),
  );
  if (!buyer || !party || !granted || !unrelated || !revoked) throw new Error('five organizations');
  const organizations: Record<string, TestOrganization> = { buyer, party, granted, unrelated, revoked };
  const call = inProcess(core.router, (viewer, idempotencyKey) => testContext(db, organizations[viewer] ?? unrelated, { idempotencyKey }));
  const world = await createSharedWorld({
    codes: { buyer: buyer.code, party: party.code, unrelated: unrelated.code, granted: granted.code, revoked: revoked.code },
    invoke: async (who, procedure, input) => {
      const carry = inProcess(core.router, (_viewer, idempotencyKey) =>
        testContext(db, organizations[who] ?? unrelated, { idempotencyKey }),
      );
      const { status, body } = await carry('party', { procedure, kind: 'query', input: { ...input }, idempotencyKey: newId() });
      if (status !== 200) throw new Error(`${procedure}: ${JSON.stringify(body)}`);
      // The world names the shape that it reads of each answer.
      return body as never;
    },
    upload: (_who, name, content) => uploadTo(party, name, content),
    reportRun: (equipment) => reportRun(core, equipment),
  });
  await db.database.system.pool.query('select core.sequence_events(1000)');

  const { violations, answers } = await runVisibilityMatrix({ router: core.router, call, ...world });
  expect(violations).toEqual([]);
  expect(answers).toBeGreaterThan(200);
}, 400_000);
