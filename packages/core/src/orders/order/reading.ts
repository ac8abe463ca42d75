import { organizationNames, type Words } from '../../access/index.js';
import { decodeCursor, page, requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { readTimeline } from '../../events/index.js';
import { fileEventWords } from '../../files/index.js';
import { quantity } from '../../measure/index.js';
import { type ListedEntry, pageOfEntries } from '../ledger/repository.js';
import type { OrderService } from '../service.js';
import { findOrder, type OrderRow } from './repository.js';
import type { LedgerEntry } from './schema.js';
import { orderView } from './view.js';
import { entryKindWords, orderEventWords } from './words.js';

/** What happens on an order's record, and what is attached to it. */
const wordsOf: Readonly<Record<string, Words>> = { ...orderEventWords, ...fileEventWords };

export const reading: Pick<OrderService, 'get' | 'timeline' | 'ledger'> = {
  get: orderView,

  async timeline(scope, { order: id, limit, cursor }) {
    const order = await visibleOrder(scope, id);
    const { items, next } = await readTimeline(scope, order.id, { cursor, limit });
    const names = [...(await organizationNames(scope, [order.buyer, order.supplier])).values()];
    return {
      items: items.map(({ record: _record, recordKind: _kind, organization, ...item }) => ({
        ...item,
        words: wordsOf[item.type] ?? { en: item.type, zh: item.type },
        organization: {
          code: organization,
          name: names.find((name) => name.code === organization)?.name ?? { en: organization, zh: organization },
        },
      })),
      next,
    };
  },

  async ledger(scope, { order: id, limit, cursor, line, kind }) {
    const order = await visibleOrder(scope, id);
    const rows = await pageOfEntries(scope, { order: order.id, line, kind, after: decodeCursor(cursor), limit });
    const names = await organizationNames(scope, [order.buyer, order.supplier]);
    const itemOf = (row: ListedEntry): LedgerEntry => {
      const author = names.get(row.organization);
      return {
        id: row.id,
        line: row.line_id,
        kind: row.kind,
        kindWords: entryKindWords[row.kind],
        quantity: quantity(row.quantity, row.unit),
        reverses: row.reverses,
        shipmentLine: row.shipment_line_id,
        lot: row.seen_lot !== null && row.lot_code !== null ? { id: row.seen_lot, code: row.lot_code } : null,
        evidence: row.evidence,
        organization: { code: author?.code ?? '', name: author?.name ?? { en: '', zh: '' } },
        by: row.entered_by,
        reason: row.reason,
        at: row.entered_at.toISOString(),
      };
    };
    return page(rows, limit, (row) => ({ key: row.entered_at.toISOString(), id: row.id }), itemOf);
  },
};

async function visibleOrder(scope: Scope, id: string): Promise<OrderRow> {
  const order = await findOrder(scope, id);
  if (!order) throw requestErrors.not_found({ kind: 'order' });
  return order;
}
