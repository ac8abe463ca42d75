import { ListTable } from '../app/list-table.js';
import { useMay } from '../app/permissions.js';
import { useList } from '../app/platform.js';
import { Panel } from '../design/panel.js';
import { useWords } from '../words/words.js';
import { useStatementTable } from './statement-board.js';

/** The statements that bill an order; nothing while there are none. */
export function OrderStatements({ order }: { readonly order: string }) {
  const { t } = useWords();
  const may = useMay()('orders.statements.view');
  const list = useList(
    ['orders.statements.list', { order }],
    (yunfab, page, options) => yunfab.orders.statements.list({ order, ...page }, options),
    { enabled: may },
  );
  const table = useStatementTable();
  if (list.items.length === 0) return null;
  return (
    <Panel title={t('statements.title')} flush>
      <ListTable list={list} {...table} />
    </Panel>
  );
}
