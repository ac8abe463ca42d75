import { createClient } from '@yunfab/sdk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { splitOrder } from '../examples/split-order/src/story.js';
import { type ServedPlatform, servePlatform } from './served-platform.js';

/** The story of examples/split-order, told while the platform is killed again and again: each command happens once. */

let platform: ServedPlatform;
beforeAll(async () => {
  platform = await servePlatform();
});
afterAll(() => platform?.close());

it('comes out the same although the platform is killed in the middle of it', async () => {
  const connect = async (code: string) => createClient({ url: platform.httpUrl, apiKey: await platform.company(code), maxAttempts: 100 });
  const buyer = await connect('buyer');
  const factories = await Promise.all(['first', 'second', 'third'].map(async (code) => ({ code, yunfab: await connect(code) })));
  const [first, second, third] = factories;
  if (!first || !second || !third) throw new Error('three factories');
  let told = 0;
  let kills = 0;
  let dying = Promise.resolve();
  const say = () => {
    // After every fourth sentence, so that each kill meets another part of the story.
    if (++told % 4 !== 0) return;
    kills++;
    dying = dying.then(() => platform.restart('SIGKILL'));
  };
  const settled = await splitOrder({ buyer, factories: [first, second, third], say });
  await dying;
  expect(kills).toBeGreaterThan(3);
  expect(settled).toEqual({
    first: { stated: '9153', reckoned: '9153' },
    second: { stated: '1333.4', reckoned: '1333.4' },
    third: { stated: '4407', reckoned: '4407' },
  });
  const orders = [];
  for await (const order of buyer.orders.list()) orders.push(order.state);
  expect(orders.sort()).toEqual(['defaulted', 'settled', 'settled']);
  expect(await platform.yunfab('doctor', '--ledger')).not.toMatch(/FAIL/);
}, 240_000);
