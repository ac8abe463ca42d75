import { useCommand } from '../app/platform.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import type { Allocation } from './allocation-panel.js';

/** Ends the operations that a sub-order performed which is over. */
export function EndOperations({ allocation, onDone }: { readonly allocation: Allocation; readonly onDone: () => void }) {
  const { t } = useWords();
  const { subOrder } = allocation;
  const command = useCommand(
    (yunfab, _: null, options) => yunfab.orders.subcontract.endOperations({ order: subOrder.id }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      danger
      title={t('endOperations.title', { number: subOrder.number })}
      effect={t('endOperations.effect')}
      submit={t('endOperations.submit')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
