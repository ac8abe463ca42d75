import { useAsk } from '../app/platform.js';
import { TransitionsDialog } from '../picture/transitions.js';
import { useWords } from '../words/words.js';
import type { Order } from './order-page.js';

/** How orders move, with where this one stands. */
export function OrderTransitions({ current, onClose }: { readonly current: Order['state']; readonly onClose: () => void }) {
  const { t } = useWords();
  const asked = useAsk(['orders.transitions', {}], (yunfab, options) => yunfab.orders.transitions({}, options));
  return <TransitionsDialog title={t('table.open')} what={t('table.what')} asked={asked} current={current} onClose={onClose} />;
}
