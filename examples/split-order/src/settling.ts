import type { Yunfab } from '@yunfab/sdk';
import { Decimal } from 'decimal.js';
import { type Factory, inDays } from './cast.js';

/** Factory and buyer agree on what was delivered, line by line, and it is paid. Gives what was settled. */
export async function settle(buyer: Yunfab, { yunfab, code }: Factory, buyerCode: string): Promise<string> {
  // #region statement
  const draft = await yunfab.orders.statements.draft({ buyer: buyerCode, currency: 'CNY', from: inDays(-40), to: inDays(0) });
  const sent = await yunfab.orders.statements.send({ statement: draft.id, version: draft.version });
  const agreed = await buyer.orders.statements.confirm({ statement: sent.id, version: sent.version });
  const paid = await buyer.orders.statements.pay({
    statement: agreed.id,
    version: agreed.version,
    paidOn: inDays(0),
    reference: `BANK-${code}`,
  });
  const settled = await yunfab.orders.statements.acknowledge({ statement: paid.id, version: paid.version });
  // #endregion
  return settled.total.amount;
}

/**
 * The same total, reckoned by oneself from nothing but the entries of the ledger and the prices of the shipments: what was taken
 * and kept, what was taken at a lower price, and tax, each rounded to the cent.
 */
export async function reckon(yunfab: Yunfab, order: string): Promise<string> {
  const { lines, shipments } = await yunfab.orders.get({ order });
  const kept = new Map<string, Decimal>();
  // #region ledger
  for await (const { kind, shipmentLine, quantity } of yunfab.orders.ledger({ order })) {
    if (shipmentLine === null || !['accepted', 'conceded', 'returned'].includes(kind)) continue;
    const key = `${shipmentLine} ${kind}`;
    kept.set(key, (kept.get(key) ?? new Decimal(0)).plus(quantity.value));
  }
  // #endregion
  let total = new Decimal(0);
  for (const shipment of shipments) {
    const { inspections } = await yunfab.orders.shipments.get({ order, shipment: shipment.id });
    for (const line of shipment.lines) {
      const { taxRate = '0' } = lines.find(({ id }) => id === line.line) ?? {};
      const reduction = inspections.find(({ shipmentLine, concession }) => shipmentLine === line.id && concession)?.concession
        ?.priceReduction;
      const accepted = (kept.get(`${line.id} accepted`) ?? new Decimal(0)).minus(kept.get(`${line.id} returned`) ?? 0);
      const conceded = kept.get(`${line.id} conceded`) ?? new Decimal(0);
      const nets = [
        accepted.times(line.unitPrice.amount),
        conceded
          .times(line.unitPrice.amount)
          .times(new Decimal(100).minus(reduction ?? 0))
          .div(100),
      ];
      for (const net of nets.map(cents)) total = total.plus(net).plus(cents(net.times(taxRate).div(100)));
    }
  }
  return total.toFixed();
}

const cents = (value: Decimal): Decimal => value.toDecimalPlaces(2, Decimal.ROUND_HALF_EVEN);
