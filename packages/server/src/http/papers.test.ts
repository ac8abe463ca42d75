import { newId } from '@yunfab/core/database';
import { createSharedDelivery, createTestDatabase, createTestOrganization, type TestDatabase } from '@yunfab/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Platform } from '../platform/platform.js';
import { createTestKey } from '../testing/keys.js';
import { startTestPlatform } from '../testing/platform.js';

const mark = 'quiet';
let base: TestDatabase;
let platform: Platform;
let keys: Record<'buyer' | 'party' | 'unrelated', string>;
let place: { order: string; shipment: string };

beforeAll(async () => {
  base = await createTestDatabase();
  platform = await startTestPlatform(base);
  const keyOf = async (code: string) => createTestKey(base, await createTestOrganization(base, code));
  keys = { buyer: await keyOf('buyer'), party: await keyOf('maker'), unrelated: await keyOf('unrelated') };
  const codes = { buyer: 'buyer', party: 'maker', unrelated: 'unrelated', granted: 'granted', revoked: 'revoked' };
  const { probes } = await createSharedDelivery({ invoke: call, codes, mark });
  place = probes['orders.shipments.paper']?.input as typeof place;
});
afterAll(async () => {
  await platform?.stop();
  await base?.close();
});

async function call<Output>(who: keyof typeof keys, procedure: string, input: object): Promise<Output> {
  const reply = await fetch(`${platform.httpUrl}/api/trpc/${procedure}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keys[who]}`, 'content-type': 'application/json', 'idempotency-key': newId() },
    body: JSON.stringify(input),
  });
  const body = (await reply.json()) as { result: { data: Output }; error?: { data: { yunfab: { code: string } } } };
  if (body.error) throw new Error(`${procedure}: ${body.error.data.yunfab.code}`);
  return body.result.data;
}

const ask = (who: keyof typeof keys | null, path: string) =>
  fetch(`${platform.httpUrl}/api/papers/${path}`, { headers: who === null ? {} : { authorization: `Bearer ${keys[who]}` } });
const paper = (kind: string, query = '', { order, shipment } = place) => `${kind}/${order}/${shipment}.pdf${query}`;

/** Title and number stand uncompressed in the PDF's own description, as UTF-16 where they are not Latin. */
const describedBy = (pdf: Buffer, text: string) =>
  pdf.includes(Buffer.from(text, 'utf16le').swap16()) || pdf.includes(Buffer.from(text, 'latin1'));

describe('papers of a shipment', () => {
  it.each(['buyer', 'party'] as const)('the %s gets both as PDF, in the language asked for', async (who) => {
    for (const [kind, query, title] of [
      ['delivery-note', '', '送货单 Delivery note'],
      ['delivery-note', '?language=en', 'Delivery note'],
      ['packing-list', '?language=zh', '装箱单'],
    ] as const) {
      const reply = await ask(who, paper(kind, query));
      expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect(reply.headers.get('content-disposition')).toMatch(new RegExp(`^inline; filename="${kind}-S`));
      const pdf = Buffer.from(await reply.arrayBuffer());
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(describedBy(pdf, title)).toBe(true);
    }
  });

  it('what is hidden looks like what is absent, to the byte', async () => {
    const answer = async (who: keyof typeof keys, at: typeof place) => {
      const reply = await ask(who, paper('delivery-note', '', at));
      const text = (await reply.text()).replace(/"requestId":"[^"]*"/, '');
      return [reply.status, reply.headers.get('content-type'), text];
    };
    const absent = { order: newId(), shipment: newId() };
    const hidden = await answer('unrelated', place);
    expect(hidden).toEqual(await answer('unrelated', absent));
    expect(hidden[0]).toBe(404);
    // A shipment of another order is absent in this one.
    expect((await ask('buyer', paper('packing-list', '', { ...place, shipment: absent.shipment }))).status).toBe(404);
  });

  it('asks who it is, and what is meant', async () => {
    expect((await ask(null, paper('delivery-note'))).status).toBe(401);
    expect((await ask('buyer', paper('delivery-note', '?language=fr'))).status).toBe(400);
    expect((await ask('buyer', `delivery-note/${place.order}/${place.shipment}`)).status).toBe(400);
    expect((await ask('buyer', paper('invoice'))).status).toBe(404);
  });
});
