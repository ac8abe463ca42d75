import { useState } from 'react';
import { usePlatform } from '../app/platform.js';
import { Button } from '../design/button.js';
import { useWords } from '../words/words.js';
import type { OrderListInput } from './list-filters.js';
import { csvLine, saveCsv } from './save-file.js';

const most = 10_000;

/** The list as it is filtered, page by page, up to ten thousand orders. */
export function ExportOrders({ input }: { readonly input: OrderListInput }) {
  const { t, say } = useWords();
  const { yunfab } = usePlatform();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      const heads = [
        'orders.number',
        'orders.ownNumber',
        'orders.counterparty',
        'orders.item',
        'orders.state',
        'orders.total',
        'orders.currency',
        'orders.due',
        'orders.changed',
      ] as const;
      let text = csvLine(heads.map((name) => t(name)));
      let count = 0;
      for (let cursor: string | null | undefined; cursor !== null && count < most; ) {
        const page = await yunfab.orders.list({ ...input, limit: 100, ...(cursor ? { cursor } : {}) });
        for (const order of page.items)
          text += csvLine([
            order.number,
            order.ownNumber ?? '',
            say(order.counterparty.name),
            order.description,
            say(order.stateWords),
            order.total.amount,
            order.total.currency,
            order.dueOn,
            order.changedAt,
          ]);
        count += page.items.length;
        cursor = page.next;
      }
      saveCsv(t('orders.exportFile'), text);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon="download" busy={busy} onClick={() => void run()}>
      {t('orders.export')}
    </Button>
  );
}
