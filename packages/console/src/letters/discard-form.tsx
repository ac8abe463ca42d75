import { useCommand } from '../app/platform.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';

interface DiscardFormProps {
  readonly letters: readonly string[];
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

export function DiscardForm({ letters, onDone, onCancel }: DiscardFormProps) {
  const { t } = useWords();
  const command = useCommand(
    (yunfab, _: null, options) => yunfab.equipment.deadLetters.discard({ letters: [...letters] }, options),
    ['equipment.deadLetters.list', 'equipment.deadLetters.counts'],
  );
  return (
    <MoveForm
      danger
      title={t('letters.discardTitle', { count: letters.length })}
      effect={t('letters.discardEffect')}
      submit={t('letters.discard')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onCancel}
    />
  );
}
