import { inScope, newId } from '@yunfab/core/database';
import { appendEvent } from '@yunfab/core/events';
import { asOrganization, createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '@yunfab/core/testing';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestKey, revokeTestKey } from '../testing/keys.js';
import { createTestPerson, signIn } from '../testing/people.js';
import { probePermissions, probeRouter } from '../testing/probe-router.js';
import { serveForTest, type TestServer } from '../testing/serve.js';
import { until } from '../testing/until.js';

let base: TestDatabase;
let server: TestServer;
let alpha: TestOrganization;
let beta: TestOrganization;
let key: string;
const open: Socket[] = [];

beforeAll(async () => {
  base = await createTestDatabase();
  server = await serveForTest(base, probeRouter, probePermissions);
  [alpha, beta] = [await createTestOrganization(base, 'alpha'), await createTestOrganization(base, 'beta')];
  key = await createTestKey(base, alpha);
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});
afterAll(async () => {
  await server?.close();
  await base?.close();
});

interface Push {
  readonly cursor: number;
  readonly events: readonly { readonly cursor: number; readonly body: { readonly n: number } }[];
}

function connect(
  auth: object,
  options: object = {},
): { socket: Socket; got: number[]; pushes: Push[]; live: { equipment: string; values: Record<string, [number, number, number][]> }[] } {
  const socket = io(server.url, { forceNew: true, reconnection: false, transports: ['websocket'], auth, ...options });
  open.push(socket);
  const seen = { socket, got: [] as number[], pushes: [] as Push[], live: [] as never[] };
  socket.on('feed', (push: Push) => {
    seen.pushes.push(push);
    seen.got.push(...push.events.map(({ cursor }) => cursor));
  });
  socket.on('live', (update) => seen.live.push(update as never));
  return seen;
}

const refusalOf = (socket: Socket) =>
  new Promise<{ error: { code: string }; status: number }>((resolve) =>
    socket.on('connect_error', (error) => resolve((error as unknown as { data: never }).data)),
  );
const connected = (socket: Socket) => until(() => socket.connected);

async function happen(organization: TestOrganization, count: number, first = 0): Promise<void> {
  for (let n = first; n < first + count; n++)
    await asOrganization(base, organization, (scope) => appendEvent(scope, { type: 'probe.happened', record: null, body: { n } }));
}

async function equipmentOf(organization: TestOrganization): Promise<string> {
  const id = newId<'record'>();
  await inScope(base.database.runtime, { organization: organization.id, actor: organization.actor, now: new Date() }, async (scope) => {
    await scope.tx
      .withTables<{ record: { id: string; kind: string; created_by: string; visible_to: string[] } }>()
      .insertInto('record')
      .values({ id, kind: 'equipment', created_by: organization.id, visible_to: [organization.id] })
      .execute();
  });
  return id;
}

describe('the handshake', () => {
  it.each([
    ['nothing', {}],
    ['a wrong key', { apiKey: 'yf_wrong' }],
  ])('refuses %s with the same body as HTTP', async (_name, auth) => {
    expect(await refusalOf(connect(auth).socket)).toMatchObject({ status: 401, error: { code: 'access.unauthenticated' } });
  });

  it('takes the cookie of a person, for an organization of theirs only', async () => {
    await createTestPerson(base, server, 'one@alpha.test', [{ organization: alpha, roles: ['viewer'] }]);
    const { cookie } = await signIn(server, 'one@alpha.test');
    const extraHeaders = { cookie };
    await connected(connect({ organization: 'alpha' }, { extraHeaders }).socket);
    expect(await refusalOf(connect({ organization: 'beta' }, { extraHeaders }).socket)).toMatchObject({
      status: 403,
      error: { code: 'signin.not_a_member' },
    });
    expect(await refusalOf(connect({}, { extraHeaders: { cookie, origin: 'https://evil.example' } }).socket)).toMatchObject({
      error: { code: 'signin.foreign_origin' },
    });
  });
});

describe('the feed', () => {
  it('pushes what happens from now on, and resumes after a cursor without a gap', async () => {
    await happen(alpha, 150);
    const now = connect({ apiKey: key });
    const before = connect({ apiKey: key, after: 0 });
    await until(() => before.got.length >= 150);
    await connected(now.socket);
    await happen(alpha, 20, 150);
    await until(() => before.got.length >= 170 && now.got.length >= 20);
    expect(before.got).toEqual(Array.from({ length: before.got.length }, (_, i) => i + 1));
    expect(before.pushes.at(-1)?.cursor).toBe(before.got.length);
  });

  it('loses and doubles nothing for a client that keeps falling off while others write', async () => {
    const writing = happen(alpha, 200, 1_000);
    const all: number[] = [];
    const start = await headOf(alpha);
    let cursor = start;
    for (let fall = 0; fall < 8; fall++) {
      const { socket } = connect({ apiKey: key, after: cursor });
      socket.on('feed', (push: Push) => {
        if (!socket.connected) return;
        all.push(...push.events.map((event) => event.cursor));
        cursor = push.cursor;
      });
      await new Promise((resolve) => setTimeout(resolve, 60));
      socket.disconnect();
    }
    await writing;
    const last = connect({ apiKey: key, after: cursor });
    last.socket.on('feed', (push: Push) => all.push(...push.events.map((event) => event.cursor)));
    await until(async () => all.at(-1) === (await headOf(alpha)));
    expect(all).toEqual(Array.from({ length: all.length }, (_, i) => start + 1 + i));
  });

  it('tells one organization nothing of another', async () => {
    const { socket, got } = connect({ apiKey: await createTestKey(base, beta), after: 0 });
    await connected(socket);
    await happen(alpha, 5);
    await happen(beta, 1);
    await until(() => got.length > 0);
    expect(got).toEqual([1]);
  });

  it('ends within a second of revoking the key, the session or the membership', async () => {
    const revoked = await createTestKey(base, alpha);
    const person = await createTestPerson(base, server, 'leaving@alpha.test', [{ organization: alpha, roles: ['viewer'] }]);
    const { cookie } = await signIn(server, 'leaving@alpha.test');
    const sockets = [connect({ apiKey: revoked }).socket, connect({}, { extraHeaders: { cookie } }).socket];
    for (const socket of sockets) await connected(socket);
    await revokeTestKey(base, revoked);
    await base.owner.pool.query('update core.membership set ended_at = now() where person = $1', [person]);
    await until(() => sockets.every((socket) => !socket.connected), 1_000);
  });
});

describe('a client that takes nothing', () => {
  it('is sent away, holds no memory of ours, and finds everything when it comes back', { timeout: 90_000 }, async () => {
    const start = await headOf(beta);
    const { socket, got } = connect({ apiKey: await createTestKey(base, beta), after: start });
    await connected(socket);
    const wire = (socket.io.engine.transport as unknown as { ws: { _socket: { pause(): void; resume(): void } } }).ws._socket;
    wire.pause();
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    const text = 'x'.repeat(8_000);
    for (let page = 0; page < 20; page++)
      await asOrganization(base, beta, async (scope) => {
        for (let i = 0; i < 100; i++) await appendEvent(scope, { type: 'probe.happened', record: null, body: { n: i, text } });
      });
    await until(() => server.sockets() === 0, 20_000);
    await until(async () => (await headOf(beta)) - start === 2_000, 20_000);
    wire.resume();
    await gone;
    expect(got.length).toBeLessThan(2_000);
    const cursor = got.at(-1) ?? start;
    const again = connect({ apiKey: await createTestKey(base, beta), after: cursor });
    await until(() => got.length + again.got.length === 2_000, 20_000);
    expect([...got, ...again.got]).toEqual(Array.from({ length: 2_000 }, (_, i) => start + 1 + i));
  });
});

describe('server-sent events', () => {
  it('stream the same feed with the cursor as id, and end with the key', async () => {
    const revoked = await createTestKey(base, beta);
    const response = await fetch(`${server.url}/api/events?after=0`, { headers: { authorization: `Bearer ${revoked}` } });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    let text = '';
    const reading = (async () => {
      for await (const chunk of response.body ?? []) text += Buffer.from(chunk as Uint8Array).toString();
    })();
    await happen(beta, 2);
    await until(() => /id: \d+\nevent: probe\.happened\ndata: \{/.test(text));
    await revokeTestKey(base, revoked);
    const since = performance.now();
    await reading;
    expect(performance.now() - since).toBeLessThan(1_000);
  });

  it('refuse a cursor that is none', async () => {
    const response = await fetch(`${server.url}/api/events?after=last`, { headers: { authorization: `Bearer ${key}` } });
    expect(response.status).toBe(400);
  });
});

describe('live values', () => {
  const sample = (equipment: string, ts: number) => ({ equipment, signal: 'temperature', ts, value: ts / 10, quality: 192 });

  it('reach those who see the equipment, conflated with all points since the last', async () => {
    const equipment = await equipmentOf(alpha);
    const { socket, live } = connect({ apiKey: key });
    expect(await socket.emitWithAck('live.subscribe', { equipment })).toEqual({ ok: true });
    const began = performance.now();
    for (let ts = 0; ts < 100; ts++) {
      server.live.committed({ samples: [sample(equipment, ts)] });
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const points = () => live.flatMap(({ values }) => values['temperature'] ?? []);
    await until(() => points().length === 100);
    expect(points().map(([ts]) => ts)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    // At most 20 updates a second, however long the machine takes for these.
    expect(live.length).toBeLessThanOrEqual((performance.now() - began) / 50 + 1);
  });

  it('follow the later of two subscriptions to the same equipment, sent at once', async () => {
    const equipment = await equipmentOf(alpha);
    const { socket, live } = connect({ apiKey: key });
    const asked = [['pressure'], undefined, ['pressure'], undefined].map((signals) =>
      socket.emitWithAck('live.subscribe', { equipment, ...(signals && { signals }) }),
    );
    expect(await Promise.all(asked)).toEqual(asked.map(() => ({ ok: true })));
    server.live.committed({ samples: [sample(equipment, 1)] });
    await until(() => live.length > 0);
    expect(live).toEqual([{ equipment, values: { temperature: [[1, 0.1, 192]] } }]);
  });

  it('answer the same for hidden and for absent equipment', async () => {
    const hidden = await equipmentOf(beta);
    const { socket } = connect({ apiKey: key });
    const [of, without] = [
      await socket.emitWithAck('live.subscribe', { equipment: hidden }),
      await socket.emitWithAck('live.subscribe', { equipment: newId() }),
    ];
    expect({ ...of.error, requestId: '' }).toEqual({ ...without.error, requestId: '' });
    expect(of.error.code).toBe('request.not_found');
  });

  it('stop within a second when the grant is revoked', async () => {
    const equipment = await equipmentOf(beta);
    const grant = newId();
    await base.owner.pool.query(`insert into core.party (record_id, organization, role) values ($1, $2, 'owner')`, [equipment, beta.id]);
    await asOrganization(base, beta, async ({ tx }) => {
      await tx
        .withTables<{ grant_given: Record<string, unknown> }>()
        .insertInto('grant_given')
        .values({
          id: grant,
          record_id: equipment,
          organization: alpha.id,
          granted_by: beta.id,
          reason: 'test',
          created_at: new Date(),
        } as never)
        .execute();
    });
    const { socket, live } = connect({ apiKey: key });
    expect(await socket.emitWithAck('live.subscribe', { equipment })).toEqual({ ok: true });
    const ended = new Promise((resolve) => socket.on('live.ended', resolve));
    await base.owner.pool.query('update core.grant_given set revoked_at = now() where id = $1', [grant]);
    const since = performance.now();
    expect(await ended).toMatchObject({ equipment, error: { code: 'request.not_found' } });
    expect(performance.now() - since).toBeLessThan(1_000);
    server.live.committed({ samples: [sample(equipment, 1)] });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(live).toEqual([]);
  });

  it('need the permission', async () => {
    const { socket } = connect({ apiKey: await createTestKey(base, alpha, ['events.read']) });
    const answer = await socket.emitWithAck('live.subscribe', { equipment: await equipmentOf(alpha) });
    expect(answer.error.code).toBe('access.forbidden');
  });
});

async function headOf({ id }: TestOrganization): Promise<number> {
  const { rows } = await base.database.system.pool.query('select seq from core.feed_head where organization = $1', [id]);
  return rows[0]?.seq ?? 0;
}
