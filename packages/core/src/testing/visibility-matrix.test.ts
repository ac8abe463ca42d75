import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { accessPermissions, createRecord, giveGrant, revokeGrant } from '../access/index.js';
import { command, createAccessRouter, createEventsRouter, query, requestErrors, router } from '../commands/index.js';
import { newId, type RecordId } from '../database/index.js';
import { appendEvent, readTimeline } from '../events/index.js';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  inProcess,
  runVisibilityMatrix,
  type TestDatabase,
  type TestOrganization,
  testContext,
  type Viewer,
} from './index.js';

let db: TestDatabase;
let viewers: Record<Viewer, TestOrganization>;
let record: RecordId;
let grant: string;

beforeAll(async () => {
  db = await createTestDatabase();
  const [party, granted, unrelated, revoked] = await Promise.all(
    ['party-org', 'granted-org', 'unrelated-org', 'revoked-org'].map((code) => createTestOrganization(db, code)),
  );
  if (!party || !granted || !unrelated || !revoked) throw new Error('four organizations');
  viewers = { party, granted, unrelated, revoked };
  record = newId<'record'>();
  const expiresAt = new Date(Date.now() + 3_600_000);
  grant = await asOrganization(db, party, async (scope) => {
    await createRecord(scope, { id: record, kind: 'order', parties: [{ organization: party.id, role: 'buyer' }] });
    await giveGrant(scope, { record, organization: 'granted-org', reason: 'audit 4711', expiresAt });
    const { id } = await giveGrant(scope, { record, organization: 'revoked-org', reason: 'too early', expiresAt });
    await appendEvent(scope, { type: 'test.happened', record, body: { number: 'PO-4711' } });
    return id;
  });
  await asOrganization(db, party, (scope) => revokeGrant(scope, grant));
  await db.database.system.pool.query('select core.sequence_events(100)');
});
afterAll(() => db.close());

const call = (appRouter: Parameters<typeof inProcess>[0]) =>
  inProcess(appRouter, (viewer, idempotencyKey) => testContext(db, viewers[viewer], { idempotencyKey }));

it('finds nothing to tell hidden from absent in access and events', async () => {
  const appRouter = router({ access: createAccessRouter({ permissions: accessPermissions }), events: createEventsRouter() });
  const member = newId();
  const report = await runVisibilityMatrix({
    router: appRouter,
    call: call(appRouter),
    secrets: [record, 'PO-4711', 'audit 4711'],
    probes: {
      'access.grants.give': { input: { record, organization: 'party-org', reason: 'x', expiresAt: '2100-01-01T00:00:00Z' }, ids: [record] },
      'access.grants.revoke': { input: { grant }, ids: [grant] },
      'access.grants.list': { input: { record }, ids: [record], granted: true },
      'events.list': { input: {} },
      'events.head': { input: {} },
      'access.keys.list': { input: {} },
      'access.members.list': { input: {} },
      'access.organizations.search': { input: { text: 'party' } },
    },
    exempt: {
      'access.me': 'tells of the caller only',
      'access.organizations.get': 'the register is public',
      'access.keys.create': 'makes something of the caller’s own',
      'access.keys.revoke': 'see keys.test.ts: an organization’s own',
      'access.members.add': 'makes something of the caller’s own',
      'access.members.setRoles': `see members.test.ts: an organization’s own, ${member}`,
      'access.members.remove': 'see members.test.ts: an organization’s own',
    },
  });
  expect(report.violations).toEqual([]);
  expect(report.answers).toBeGreaterThan(20);
});

it('sees every way in which a procedure could tell', async () => {
  const seen = (scope: Parameters<typeof readTimeline>[0]) => readTimeline(scope, record, { limit: 1 });
  const reads = <Output extends z.ZodType>(
    output: Output,
    run: Parameters<typeof query<z.ZodObject<{ id: z.ZodUUID }>, Output>>[0]['run'],
  ) => query({ permission: null, rest: { method: 'GET', path: '/x', summary: 'x' }, input: z.object({ id: z.uuid() }), output, run });
  const exists = async (id: string) => ((await db.owner.pool.query('select from core.record where id = $1', [id])).rowCount ?? 0) > 0;
  const appRouter = router({
    byStatus: reads(z.object({}), async (_scope, { id }) => {
      if (await exists(id)) throw requestErrors.invalid({ field: 'id', problem: 'not yours' });
      throw requestErrors.not_found({ kind: 'order' });
    }),
    byKind: reads(z.object({}), async (_scope, { id }) => {
      throw requestErrors.not_found({ kind: (await exists(id)) ? 'order' : 'record' });
    }),
    byCount: reads(z.object({ total: z.number() }), async (_scope, { id }) => ({ total: (await exists(id)) ? 1 : 0 })),
    byForeignKey: command({
      permission: null,
      rest: { method: 'POST', path: '/x', summary: 'x' },
      input: z.object({ id: z.uuid() }),
      output: z.object({}),
      run: async (scope, { id }) => {
        await sql`insert into core.event (id) values (${id})`.execute(scope.tx).catch(() => {});
        if (await exists(id)) throw new Error('23503');
        throw requestErrors.not_found({ kind: 'order' });
      },
    }),
    honest: reads(z.object({ n: z.number() }), async (scope) => {
      const { items } = await seen(scope);
      if (items.length === 0) throw requestErrors.not_found({ kind: 'order' });
      return { n: items.length };
    }),
    blind: reads(z.object({}), async () => {
      throw requestErrors.not_found({ kind: 'order' });
    }),
    list: query({
      permission: null,
      rest: { method: 'GET', path: '/x', summary: 'x' },
      input: z.object({}),
      output: z.object({ numbers: z.array(z.string()) }),
      run: async () => ({ numbers: ['PO-4711'] }),
    }),
    forgotten: reads(z.object({}), async () => ({})),
  });
  const probe = { input: { id: record }, ids: [record] };
  const { violations } = await runVisibilityMatrix({
    router: appRouter,
    call: call(appRouter),
    secrets: ['PO-4711'],
    probes: { byStatus: probe, byKind: probe, byCount: probe, byForeignKey: probe, blind: probe, list: { input: {} } },
    exempt: { honest: 'answers whatever id is asked', gone: 'there once was one' },
  });
  const named = (path: string) => violations.filter((violation) => violation.startsWith(`${path} `)).length;
  expect(
    Object.fromEntries(
      ['byStatus', 'byKind', 'byCount', 'byForeignKey', 'blind', 'list', 'forgotten', 'gone', 'honest'].map((path) => [path, named(path)]),
    ),
  ).toEqual({
    byStatus: 2,
    byKind: 2,
    byCount: 2,
    byForeignKey: 2,
    blind: 1,
    list: 2,
    forgotten: 1,
    gone: 1,
    honest: 0,
  });
});
