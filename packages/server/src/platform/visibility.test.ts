import { newId } from '@yunfab/core/database';
import {
  createSharedWorld,
  createTestDatabase,
  createTestOrganization,
  runVisibilityMatrix,
  type TestDatabase,
  type Viewer,
} from '@yunfab/core/testing';
import { connectAsync, connect as mqttConnect } from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { httpCaller } from '../testing/http-caller.js';
import { createTestKey } from '../testing/keys.js';
import { startTestPlatform } from '../testing/platform.js';
import { until } from '../testing/until.js';
import type { Platform } from './platform.js';

const codes = { buyer: 'buyer', party: 'maker', unrelated: 'unrelated', granted: 'granted', revoked: 'revoked' } as const;

let base: TestDatabase;
let platform: Platform;
let keys: Record<Viewer | 'buyer', string>;

beforeAll(async () => {
  base = await createTestDatabase();
  platform = await startTestPlatform(base);
  const made: [string, string][] = [];
  for (const [who, code] of Object.entries(codes)) made.push([who, await createTestKey(base, await createTestOrganization(base, code))]);
  keys = Object.fromEntries(made) as typeof keys;
});
afterAll(async () => {
  await platform?.stop();
  await base?.close();
});

async function say<Output>(who: keyof typeof keys, procedure: string, input: object): Promise<Output> {
  const { status, body } = await httpCaller(platform).trpc({ key: keys[who], procedure, input: { ...input }, idempotencyKey: newId() });
  if (status !== 200) throw new Error(`${procedure}: ${JSON.stringify(body)}`);
  return (body as { result: { data: Output } }).result.data;
}

async function upload(who: keyof typeof keys, name: string, content: string): Promise<string> {
  const headers = { authorization: `Bearer ${keys[who]}`, 'x-yunfab-file-name': encodeURIComponent(name) };
  const reply = await fetch(`${platform.httpUrl}/api/files`, { method: 'POST', headers, body: content });
  return ((await reply.json()) as { sha256: string }).sha256;
}

/** As a device does it; the platform's own projector makes a run of it. */
async function reportRun(equipment: string, { username, token }: { readonly username: string; readonly token: string }): Promise<void> {
  const machine = mqttConnect(platform.mqttUrl, { clientId: username, username, password: token });
  for (const type of ['run_started', 'run_ended'])
    await machine.publishAsync(`yf/v1/${username}/event`, JSON.stringify({ ts: Date.now(), type, run: 'run-hush' }), { qos: 1 });
  await machine.publishAsync(`yf/v1/${username}/telemetry`, '{"values": {"hush_a": 1, "hush_b": 2}}', { qos: 1 });
  await machine.publishAsync(`yf/v1/${username}/telemetry`, '{"hush": ', { qos: 1 });
  await machine.endAsync();
  const stranger = `${codes.party}/ghost-hush`;
  const refused = { clientId: stranger, username: stranger, password: 'none', reconnectPeriod: 0 };
  await connectAsync(platform.mqttUrl, refused, false).catch(() => {});
  await until(async () => (await say<{ items: readonly object[] }>('party', 'equipment.quarantine.list', {})).items.length === 3);
  await until(
    async () =>
      (await say<{ items: readonly { endedAt: string | null }[] }>('party', 'production.runs.list', { equipment })).items[0]?.endedAt,
  );
}

it('answers hidden and absent alike over REST and tRPC, for every procedure', { timeout: 400_000 }, async () => {
  const world = await createSharedWorld({ codes, invoke: say, upload, reportRun });
  const callers = httpCaller(platform);
  const industries = platform.verticals.map(({ vertical }) => `${vertical.id}.`);
  const ofVerticals = Object.fromEntries(
    Object.keys(platform.core.router._def.procedures)
      .filter((name) => industries.some((id) => name.startsWith(id)))
      .map((name) => [name, 'the check of every vertical asks it (`yunfab vertical check`)']),
  );
  const report = await runVisibilityMatrix({
    router: platform.core.router,
    ...world,
    exempt: { ...world.exempt, ...ofVerticals },
    async call(viewer, { procedure, input, idempotencyKey }) {
      const call = { key: keys[viewer], procedure, input, idempotencyKey };
      const [rest, trpc] = [await callers.rest(call), await callers.trpc(call)];
      const named = (prefix: string, headers: Readonly<Record<string, string>>) =>
        Object.entries(headers)
          .filter(([name]) => name !== 'date' && name !== 'x-request-id')
          .map(([name, value]) => [`${prefix} ${name}`, value]);
      return {
        status: rest.status * 1000 + trpc.status,
        headers: Object.fromEntries([...named('rest', rest.headers), ...named('trpc', trpc.headers)]),
        body: { rest: rest.body, trpc: trpc.body },
      };
    },
  });
  expect(report.violations).toEqual([]);
  expect(report.answers).toBeGreaterThan(200);
});
