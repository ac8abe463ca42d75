import type { Yunfab } from '@yunfab/sdk';
import { type Cast, type Factory, found, inDays } from './cast.js';
import { makeAndShip, receive } from './making.js';
import { reckon, settle } from './settling.js';
import { type Tender, tender } from './tendering.js';

export type { Cast } from './cast.js';

/** What the statements settled, by factory, beside what the ledger alone gives. */
export type Settled = Readonly<Record<string, { readonly stated: string; readonly reckoned: string }>>;

/**
 * One request over three factories: two are awarded a share; one order is changed, one factory defaults and its rest goes to the
 * third; goods come in parts, some are rejected, some taken at a lower price; each factory's statement is settled.
 */
export async function splitOrder(cast: Cast): Promise<Settled> {
  const { buyer, factories, say } = cast;
  const [first, second, third] = factories;
  const name = `SO-${Date.now().toString(36)}`;
  const asked = await tender(cast, name);
  // The second factory's part was promised for yesterday: a late spot order, which makes default possible today.
  const [main, late] = await award(cast, asked, [
    { factory: first, quantity: '600', number: `${name}-1` },
    { factory: second, quantity: '400', number: `${name}-2`, dueOn: inDays(-1) },
  ]);
  for (const [factory, order] of [
    [first, main],
    [second, late],
  ] as const)
    await factory.yunfab.orders.accept({ order, version: 1 });

  await change(cast, first, main);
  await makeAndShip(first, main, '400');
  await receive(buyer, main, { accepted: '400' });
  say(`${first.code} delivers 400 of 650, and they are accepted.`);

  await makeAndShip(second, late, '100');
  await receive(buyer, late, { accepted: '100' });
  const before = await buyer.orders.get({ order: late });
  const defaulted = await buyer.orders.declareDefault({
    order: late,
    version: before.version,
    reason: 'Promised for yesterday; 300 are missing.',
  });
  const { rfq, line } = asked;
  const { lines } = await buyer.orders.rfq.get({ rfq });
  say(
    `${second.code} delivered 100 of 400: order ${defaulted.number} is ${defaulted.state}, and ${lines[0]?.left} are free to be awarded again.`,
  );
  const [replacement] = await award(cast, asked, [{ factory: third, quantity: '300', number: `${name}-3` }]);
  await third.yunfab.orders.accept({ order: replacement, version: 1 });

  await makeAndShip(first, main, '250');
  await receive(buyer, main, { accepted: '180', conceded: '20', rejected: '50' });
  say(`Of ${first.code}'s second lot 50 are rejected, and 20 are taken under concession at 10 % less.`);
  await makeAndShip(first, main, '50');
  await receive(buyer, main, { accepted: '50' });
  await makeAndShip(third, replacement, '300');
  await receive(buyer, replacement, { accepted: '300' });
  for (const order of [main, replacement]) await close(buyer, order);
  say(`Line ${line.slice(0, 8)}: every bracket is delivered; the open orders are closed.`);

  const settled: Record<string, { stated: string; reckoned: string }> = {};
  const { code: buyerCode } = (await buyer.access.me({})).organization;
  for (const [factory, order] of [
    [first, main],
    [second, late],
    [third, replacement],
  ] as const) {
    settled[factory.code] = { reckoned: await reckon(buyer, order), stated: await settle(buyer, factory, buyerCode) };
    const { stated, reckoned } = found(settled[factory.code], 'the statement');
    say(`${factory.code}: statement settled at ${stated} CNY; the ledger alone gives ${reckoned} CNY.`);
  }
  const { state } = await buyer.orders.get({ order: main });
  say(`Order ${name}-1 is ${state}.`);
  return settled;
}

interface Share {
  readonly factory: Factory;
  readonly quantity: string;
  /** The buyer's own number of the order. */
  readonly number: string;
  readonly dueOn?: string;
}

/** Makes one order for each share, all or none. */
async function award({ buyer, factories, say }: Cast, { rfq, line, quotes }: Tender, shares: readonly Share[]) {
  // #region award
  const { orders } = await buyer.orders.rfq.award({
    rfq,
    orders: shares.map(({ factory, quantity, number, dueOn }) => ({
      ...found(quotes[factories.indexOf(factory)], 'the quote'),
      ownNumber: number,
      ...(dueOn ? { dueOn } : {}),
      lines: [{ line, quantity }],
    })),
  });
  // #endregion
  for (const { number, supplier, total } of orders)
    say(`Awarded: ${number} to ${supplier.code} for ${total.amount} ${total.currency} without tax.`);
  return orders.map(({ order }) => order) as [string, string];
}

/** Fifty more, and a later day: the buyer asks, the factory agrees. */
async function change({ buyer, say }: Cast, factory: Factory, order: string): Promise<void> {
  // #region change
  const { version, lines } = await buyer.orders.get({ order });
  const proposed = await buyer.orders.changes.propose({
    order,
    version,
    reason: 'The second site needs 50 more.',
    terms: { dueOn: inDays(60), lines: [{ line: found(lines[0], 'the line').id, quantity: '650' }] },
  });
  const change = found(proposed.change, 'the change order').id;
  const { items } = await factory.yunfab.orders.changes.list({ order });
  const agreed = await factory.yunfab.orders.changes.accept({ order, version: proposed.version, change });
  // #endregion
  for (const { field, before, after } of items[0]?.differences ?? []) say(`Change order: ${field} ${String(before)} → ${String(after)}.`);
  say(`${factory.code} agrees; the order is now ${agreed.total.amount} ${agreed.total.currency} without tax.`);
}

async function close(buyer: Yunfab, order: string): Promise<void> {
  const { version } = await buyer.orders.get({ order });
  await buyer.orders.close({ order, version });
}
