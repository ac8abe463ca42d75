import { afterEach, describe, expect, it } from 'vitest';
import { createClient } from './index.js';
import { type Answer, output, refusal, type ScriptedServer, startScriptedServer } from './testing/scripted-server.js';
import { serves } from './verticals.js';

let server: ScriptedServer | undefined;
afterEach(() => server?.close());

const ref = { id: 'tire', version: '0.2.1' } as const;

async function tireOn(...served: { id: string; version: string }[]) {
  const answer: Answer = (response, received) =>
    output(received.path.endsWith('verticals.list') ? { items: served, next: null } : 'parsed')(response, received);
  server = await startScriptedServer(answer);
  const client = createClient({ url: server.url, apiKey: 'yf_test', verticals: [ref] }) as unknown as {
    tire: { tin: { parse(): Promise<string> } };
  };
  return client.tire;
}

describe('the first use of a vertical', () => {
  it('compares versions once', async () => {
    const tire = await tireOn({ id: 'tire', version: '0.2.3' });
    expect([await tire.tin.parse(), await tire.tin.parse()]).toEqual(['parsed', 'parsed']);
    expect(server?.received.map(({ path }) => path)).toEqual([
      '/api/trpc/verticals.list',
      '/api/trpc/tire.tin.parse',
      '/api/trpc/tire.tin.parse',
    ]);
  });

  it('is called by its id in camel case', async () => {
    const answer: Answer = (response, received) =>
      output(received.path.endsWith('verticals.list') ? { items: [{ id: 'glass-kiln', version: '1.0.0' }], next: null } : 'fired')(
        response,
        received,
      );
    server = await startScriptedServer(answer);
    const client = createClient({ url: server.url, apiKey: 'yf_test', verticals: [{ id: 'glass-kiln', version: '1.0.0' }] as const });
    expect(await (client.glassKiln as unknown as { runs: { fire(): Promise<string> } }).runs.fire()).toBe('fired');
    expect(server.received.at(-1)?.path).toBe('/api/trpc/glass-kiln.runs.fire');
  });

  it('names both versions when they do not fit', async () => {
    const tire = await tireOn({ id: 'tire', version: '0.3.0' });
    await expect(tire.tin.parse()).rejects.toMatchObject({
      code: 'client.vertical_mismatch',
      message: 'This program was written for version 0.2.1 of the vertical "tire", the server runs 0.3.0. Install the ref of 0.3.0.',
    });
  });

  it('goes on unchecked with a key that may not list verticals', async () => {
    const answer: Answer = (response, received) =>
      (received.path.endsWith('verticals.list') ? refusal(403, 'access.forbidden') : output('parsed'))(response, received);
    server = await startScriptedServer(answer);
    const client = createClient({ url: server.url, apiKey: 'yf_test', verticals: [ref] }) as unknown as {
      tire: { parse(): Promise<string> };
    };
    expect(await client.tire.parse()).toBe('parsed');
  });

  it('says when the server does not run it', async () => {
    const tire = await tireOn({ id: 'apparel', version: '1.0.0' });
    await expect(tire.tin.parse()).rejects.toMatchObject({ code: 'client.vertical_absent' });
  });
});

describe('serves', () => {
  it.each([
    ['1.4.0', '1.2.9', true],
    ['1.2.8', '1.2.9', false],
    ['1.3.0', '1.2.9', true],
    ['2.0.0', '1.2.9', false],
    ['0.2.4', '0.2.1', true],
    ['0.3.0', '0.2.1', false],
    ['0.2.1-rc.1', '0.2.1', true],
  ])('%s for a ref of %s: %s', (actual, wanted, expected) => expect(serves(actual, wanted)).toBe(expected));
});
