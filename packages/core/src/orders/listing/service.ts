import { organizationByCode } from '../../access/index.js';
import type { OrganizationId, Scope } from '../../database/index.js';
import type { OrderSummary } from '../order/schema.js';
import { orderStates } from '../order/states.js';
import { summarizeOrders } from '../order/view.js';
import type { OrderService } from '../service.js';
import { decodeOrderCursor, encodeOrderCursor } from './cursor.js';
import { countOrders, pageOfOrders } from './repository.js';
import { countedTo, type OrderListInput, type OrderSort } from './schema.js';

export const listing: Pick<OrderService, 'list' | 'counts'> = {
  async list(scope, { limit, cursor, sort: _sort, counterparty, state, states, ...filter }) {
    const sort = sortOf({ ...filter, sort: _sort });
    const after = decodeOrderCursor(sort, cursor);
    const other = await counterpartyOf(scope, counterparty);
    if (other === null) return { items: [], next: null };
    const wanted = state && states ? states.filter((each) => each === state) : (states ?? (state && [state]));
    const { orders, rest } = await pageOfOrders(scope, { ...filter, states: wanted, counterparty: other, sort, after, limit });
    const summaries = await summarizeOrders(scope, orders);
    return {
      items: orders.map((order) => summaries.get(order.id) as OrderSummary),
      next: rest ? encodeOrderCursor(sort, rest) : null,
    };
  },

  async counts(scope, { side, counterparty }) {
    const other = await counterpartyOf(scope, counterparty);
    const counted = other === null ? [] : await countOrders(scope, { side, counterparty: other });
    return {
      states: orderStates.map((state) => {
        const count = counted.find((each) => each.state === state)?.count ?? 0;
        return { state, count: Math.min(count, countedTo), more: count > countedTo };
      }),
    };
  },
};

function sortOf({ sort, text, ownNumberPrefix, dueFrom, dueTo }: Partial<OrderListInput>): OrderSort {
  if (sort) return sort;
  if (text !== undefined) return 'changed';
  if (ownNumberPrefix !== undefined) return 'number';
  return dueFrom || dueTo ? 'due' : 'changed';
}

/** Undefined when none is asked for, null when there is no such organization. */
async function counterpartyOf(scope: Scope, code: string | undefined): Promise<OrganizationId | null | undefined> {
  return code === undefined ? undefined : ((await organizationByCode(scope, code))?.id ?? null);
}
