import { useAsk } from '../app/platform.js';
import { TransitionsDialog } from '../picture/transitions.js';
import { useWords } from '../words/words.js';

/** How the operations of a job order move. */
export function OperationTransitions({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const asked = useAsk(['production.operations.transitions', {}], (yunfab, options) =>
    yunfab.production.operations.transitions({}, options),
  );
  return (
    <TransitionsDialog title={t('table.operations')} what={t('table.operationsWhat')} asked={asked} current={null} onClose={onClose} />
  );
}
