import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createRecord } from '../access/index.js';
import { newId, type RecordId } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
  testContext,
} from '../testing/index.js';
import { command, createCallerFactory, forgetOldCommands, query, requestErrors, router, startCommandCleanup } from './index.js';

const output = z.object({ n: z.number(), secret: z.string().nullable() });
const noteOf = (record: string | null, value: number) => ({ type: 'test.noted', record: record as RecordId | null, body: { value } });

const appRouter = router({
  note: command({
    permission: 'test.note',
    rest: { method: 'POST', path: '/note', summary: 'note' },
    input: z.object({
      value: z.number(),
      failing: z.boolean().default(false),
      rows: z
        .array(z.object({ a: z.string() }))
        .max(100_000)
        .optional(),
      any: z.unknown().optional(),
    }),
    output,
    secrets: ['secret'],
    run: async (scope, { value, failing }) => {
      await appendEvent(scope, noteOf(null, value));
      if (failing) throw new Error('the run failed with a password in its message');
      return { n: value, secret: newId() };
    },
  }),
  other: command({
    permission: 'test.note',
    rest: { method: 'POST', path: '/other', summary: 'other' },
    input: z.object({ value: z.number() }),
    output,
    run: async (_scope, { value }) => ({ n: value, secret: null }),
  }),
  stale: command({
    permission: 'test.note',
    rest: { method: 'POST', path: '/stale', summary: 'on a record, always stale' },
    input: z.object({ record: z.uuid(), value: z.number() }),
    output,
    record: { kind: 'order', id: (input) => input.record },
    run: async () => {
      throw requestErrors.invalid({ field: 'version', problem: 'stale' });
    },
  }),
  touch: command({
    permission: 'test.note',
    rest: { method: 'POST', path: '/touch', summary: 'on a record' },
    input: z.object({ record: z.uuid(), value: z.number() }),
    output,
    record: { kind: 'order', id: (input) => input.record },
    run: async (_scope, { value }) => ({ n: value, secret: null }),
  }),
  store: command({
    permission: 'test.note',
    rest: { method: 'POST', path: '/store', summary: 'stores any text' },
    input: z.object({ text: z.string() }),
    output,
    run: async (scope, { text }) => {
      await appendEvent(scope, { type: 'test.text', record: null, body: { text } });
      return { n: 0, secret: null };
    },
  }),
  write: query({
    permission: null,
    rest: { method: 'GET', path: '/write', summary: 'a query that tries to write' },
    input: z.object({}),
    output,
    run: async (scope) => {
      await appendEvent(scope, noteOf(null, 1));
      return { n: 0, secret: null };
    },
  }),
});
const createCaller = createCallerFactory(appRouter);

let db: TestDatabase;
let ours: TestOrganization;
let theirs: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  ours = await createTestOrganization(db, 'ours');
  theirs = await createTestOrganization(db, 'theirs');
});
afterAll(() => db.close());

const as = (who: TestOrganization, idempotencyKey: string | null = newId(), clock?: () => Date) =>
  createCaller(testContext(db, who, { idempotencyKey, ...(clock ? { clock } : {}) }));
const effects = async (value: number) => {
  const { rows } = await db.owner.pool.query(
    `select count(*) as n from core.event where type = 'test.noted' and (body->>'value')::numeric = $1`,
    [value],
  );
  return rows[0].n;
};
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { cause?: { code?: string } }) => error.cause?.code ?? String(error),
  );

describe('an idempotency key', () => {
  it('gives one effect for 50 concurrent calls, and the first answer to all', async () => {
    const key = newId();
    const answers = await Promise.all(Array.from({ length: 50 }, () => as(ours, key).note({ value: 50 })));
    expect(await effects(50)).toBe(1);
    expect(answers.filter((answer) => answer.secret !== null)).toHaveLength(1);
    expect(answers.every((answer) => answer.n === 50)).toBe(true);
  });

  it('takes the same body in another order of its fields, and refuses another body', async () => {
    const key = newId();
    await as(ours, key).note({ value: 51, any: { a: 1, b: [{ c: 2, d: 3 }] } });
    await as(ours, key).note({ any: { b: [{ d: 3, c: 2 }], a: 1 }, value: 51 });
    expect(await codeOf(as(ours, key).note({ value: 51, any: { a: 2, b: [] } }))).toBe('request.idempotency_conflict');
    expect(await effects(51)).toBe(1);
  });

  it('belongs to one organization and one procedure', async () => {
    const key = newId();
    await as(ours, key).note({ value: 52 });
    await as(theirs, key).note({ value: 52 });
    expect(await as(ours, key).other({ value: 999 })).toEqual({ n: 999, secret: null });
    expect(await effects(52)).toBe(2);
  });

  it('is free again after 24 hours, and is forgotten', async () => {
    const key = newId();
    const start = Date.parse('2031-05-01T00:00:00Z');
    const at = (hours: number) => () => new Date(start + hours * 3_600_000);
    await as(ours, key, at(0)).note({ value: 53 });
    await as(ours, key, at(23.9)).note({ value: 53 });
    expect(await effects(53)).toBe(1);
    expect(await codeOf(as(ours, key, at(23.9)).note({ value: 530 }))).toBe('request.idempotency_conflict');
    await as(ours, key, at(24.1)).note({ value: 530 });
    expect(await effects(530)).toBe(1);

    const stored = async () => (await db.owner.pool.query('select from core.idempotency where key = $1', [key])).rowCount;
    await forgetOldCommands(db.database.system, at(47)());
    expect(await stored()).toBe(1);
    const cleanup = startCommandCleanup({ system: db.database.system, clock: at(48.2), everyMs: 10 });
    await vi.waitFor(async () => expect(await stored()).toBe(0));
    await cleanup.stop();
  });

  it('is left free by a command that failed', async () => {
    const key = newId();
    expect(await codeOf(as(ours, key).note({ value: 54, failing: true }))).toMatch(/failed/);
    expect(await effects(54)).toBe(0);
    await as(ours, key).note({ value: 54 });
    expect(await effects(54)).toBe(1);
  });

  it('is demanded, and no longer than 200 characters', async () => {
    for (const key of [null, '', 'x'.repeat(201)])
      expect(await codeOf(as(ours, key).note({ value: 55 }))).toBe('request.idempotency_key_missing');
    expect(await effects(55)).toBe(0);
  });
});

describe('a command on a record', () => {
  it('decides hidden and absent before conflict, replay and version', async () => {
    const hidden = newId<'record'>();
    await asOrganization(db, theirs, (scope) => createRecord(scope, { id: hidden, kind: 'order', parties: [] }));
    const key = newId();
    await as(ours, key).note({ value: 56 });
    expect(await codeOf(as(theirs).stale({ record: hidden, value: 1 }))).toBe('request.invalid');
    for (const record of [hidden, newId()]) {
      expect(await codeOf(as(ours).stale({ record, value: 1 }))).toBe('request.not_found');
      expect(await codeOf(as(ours, key).stale({ record, value: 1 }))).toBe('request.not_found');
    }
  });

  it('replays nothing to an organization that lost sight of the record', async () => {
    const record = newId<'record'>();
    await asOrganization(db, ours, (scope) => createRecord(scope, { id: record, kind: 'order', parties: [] }));
    const key = newId();
    await as(ours, key).touch({ record, value: 1 });
    expect(await as(ours, key).touch({ record, value: 1 })).toEqual({ n: 1, secret: null });
    expect(await codeOf(as(ours, key).touch({ record, value: 2 }))).toBe('request.idempotency_conflict');
    await db.owner.pool.query('update core.record set visible_to = $2 where id = $1', [record, [theirs.id]]);
    expect(await codeOf(as(ours, key).touch({ record, value: 1 }))).toBe('request.not_found');
    expect(await codeOf(as(ours, key).touch({ record, value: 2 }))).toBe('request.not_found');
  });
});

describe('who calls', () => {
  it('must be signed in and hold the permission, before the body is even looked at', async () => {
    const nonsense = { value: 'x' } as unknown as { value: number };
    expect(await codeOf(createCaller(testContext(db, { actor: null })).note(nonsense))).toBe('access.unauthenticated');
    expect(await codeOf(as(await createTestOrganization(db, 'weaker', [])).note(nonsense))).toBe('access.forbidden');
    expect(await codeOf(createCaller(testContext(db, { actor: null })).note({ value: 57 }))).toBe('access.unauthenticated');
    expect(await codeOf(createCaller(testContext(db, { actor: null })).write({}))).toBe('access.unauthenticated');
    const weak = await createTestOrganization(db, 'weak', ['test.other']);
    expect(await codeOf(as(weak).note({ value: 57 }))).toBe('access.forbidden');
    expect(await effects(57)).toBe(0);
  });
});

describe('a query', () => {
  it('cannot write', async () => {
    await expect(as(ours).write({})).rejects.toMatchObject({ cause: { code: '25006' } });
  });
});

describe('text', () => {
  it('may hold any language, and is refused with U+0000 or half of a surrogate pair', async () => {
    await as(ours).store({ text: '轮胎 🛞 "quote" \\ \u2028 end' });
    const { rows } = await db.owner.pool.query(`select body->>'text' as text from core.event where type = 'test.text'`);
    expect(rows).toEqual([{ text: '轮胎 🛞 "quote" \\ \u2028 end' }]);
    for (const text of ['a\u0000b', 'a\ud83db', '\udede'])
      await expect(as(ours).store({ text })).rejects.toMatchObject({ cause: { code: 'request.invalid', details: { field: 'text' } } });
  });
});

it('tells its process once it has committed, and not when it has failed', async () => {
  const onCommitted = vi.fn();
  const context = () => ({ ...testContext(db, ours), onCommitted });
  await createCaller(context()).note({ value: 58 });
  await createCaller(context())
    .note({ value: 58, failing: true })
    .catch(() => {});
  expect(onCommitted).toHaveBeenCalledTimes(1);
});

it('frees its connection whatever happens', async () => {
  const attempts = Array.from({ length: 40 }, (_, i) => codeOf(as(ours).note({ value: 59, failing: i % 2 === 0 })));
  await Promise.all(attempts);
  expect(db.database.runtime.pool.waitingCount).toBe(0);
  const { rows } = await sql<{ n: number }>`select 1 as n`.execute(db.database.runtime.handle);
  expect(rows).toEqual([{ n: 1 }]);
});
