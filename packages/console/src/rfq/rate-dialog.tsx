import { useState } from 'react';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import { type Currency, TextField } from './terms-fields.js';

interface RateDialogProps {
  readonly from: Currency;
  readonly to: Currency;
  readonly onDone: () => void;
}

/** A dated rate of the organization, by which its comparisons reckon. */
export function RateDialog({ from, to, onDone }: RateDialogProps) {
  const { t } = useWords();
  const [rate, setRate] = useState('');
  const [asOf, setAsOf] = useState('');
  const [source, setSource] = useState('');
  const command = useCommand(
    (yunfab, input: { rate: string; asOf: string; source: string }, options) =>
      yunfab.orders.rfq.rates.set({ from, to, ...input }, options),
    ['orders.rfq.compare', 'orders.rfq.rates.list'],
  );
  const wrong = fieldProblems(command.problem);
  return (
    <MoveForm
      title={t('rfq.setRate', { currency: from })}
      effect={t('rfq.rateEffect', { from, to })}
      submit={t('rfq.save')}
      ready={rate.trim() !== '' && asOf !== '' && source.trim() !== ''}
      command={command}
      onSubmit={() => void command.run({ rate: rate.trim(), asOf, source: source.trim() }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <TextField label={t('rfq.rate', { from })} unit={to} value={rate} problem={wrong['rate']} onChange={setRate} />
      <TextField label={t('rfq.asOf')} type="date" value={asOf} problem={wrong['asOf']} onChange={setAsOf} />
      <TextField label={t('rfq.source')} value={source} problem={wrong['source']} onChange={setSource} />
    </MoveForm>
  );
}
