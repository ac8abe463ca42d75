import { useState } from 'react';
import { useCommand, useFormat } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { ReasonField } from '../floor/reason-field.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import type { Job } from './job-page.js';

interface JobMoveProps {
  readonly job: Job;
  readonly onDone: () => void;
}

export function OpenLotDialog({ job, onDone }: JobMoveProps) {
  const { t } = useWords();
  const [code, setCode] = useState('');
  const command = useCommand(
    (yunfab, input: { code?: string }, options) => yunfab.production.lots.open({ job: job.id, version: job.version, ...input }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      title={t('jobs.openLot')}
      effect={t('jobs.openLotEffect')}
      submit={t('jobs.openLot')}
      command={command}
      onSubmit={() => void command.run(code.trim() ? { code: code.trim() } : {}).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field
        label={t('form.optional', { field: t('lots.code') })}
        hint={t('move.lotCodeHint')}
        problem={fieldProblems(command.problem)['code']}
      >
        {(input) => <input {...input} className="input" value={code} onChange={(event) => setCode(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}

export function CloseLotDialog({
  job,
  lot,
  onDone,
}: JobMoveProps & { readonly lot: { readonly id: string; readonly code: string; readonly quantity: string; readonly unit: string } }) {
  const { t } = useWords();
  const format = useFormat();
  const command = useCommand(
    (yunfab, _: null, options) => yunfab.production.lots.close({ job: job.id, version: job.version, lot: lot.id }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      title={t('jobs.closeLotTitle', { lot: lot.code })}
      effect={t('jobs.closeLotEffect', { quantity: format.quantity(lot.quantity, lot.unit) })}
      submit={t('jobs.closeLot')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}

export function CompleteJobDialog({ job, onDone }: JobMoveProps) {
  const { t } = useWords();
  const ready = job.operations.filter(({ state }) => state === 'todo' || state === 'ready').length;
  const [skipReady, setSkipReady] = useState(false);
  const command = useCommand(
    (yunfab, _: null, options) => yunfab.production.jobs.complete({ job: job.id, version: job.version, skipReady }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      title={t('jobs.complete')}
      effect={t('jobs.completeEffect')}
      submit={t('jobs.complete')}
      command={command}
      ready={ready === 0 || skipReady}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    >
      {ready > 0 ? (
        <label>
          <input type="checkbox" checked={skipReady} onChange={(event) => setSkipReady(event.target.checked)} />{' '}
          {t('jobs.skipReady', { count: ready })}
        </label>
      ) : null}
    </MoveForm>
  );
}

export function CountByHandDialog({ job, onDone }: JobMoveProps) {
  const { t, say } = useWords();
  const format = useFormat();
  const underWay = job.operations.filter(({ state }) => state === 'in_progress' || state === 'paused');
  const [operation, setOperation] = useState(underWay.at(-1)?.id ?? '');
  const [good, setGood] = useState('');
  const [scrap, setScrap] = useState('');
  const [reason, setReason] = useState('');
  const [reasonCode, setReasonCode] = useState('');
  const command = useCommand(
    (yunfab, input: { good: string; scrap: string; reason: string; reasonCode?: string }, options) =>
      yunfab.production.countByHand({ job: job.id, version: job.version, ...(operation ? { operation } : {}), ...input }, options),
    touchedByMoves,
  );
  const wrong = fieldProblems(command.problem);
  const lost = Number(scrap) > 0;
  const submit = async () => {
    const count = { good: good.trim() || '0', scrap: scrap.trim() || '0', reason: reason.trim() };
    if (await command.run({ ...count, ...(lost && reasonCode ? { reasonCode } : {}) })) onDone();
  };
  return (
    <MoveForm
      title={t('jobs.countByHand')}
      effect={t('jobs.countByHandEffect')}
      submit={t('jobs.countByHandSubmit')}
      ready={reason.trim() !== '' && (good.trim() !== '' || scrap.trim() !== '')}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      {underWay.length > 1 ? (
        <Field label={t('jobs.operation')} problem={wrong['operation']}>
          {(input) => (
            <select {...input} className="input" value={operation} onChange={(event) => setOperation(event.target.value)}>
              {underWay.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.position} {say(each.words)}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      <div className="form-row">
        <Field label={`${t('production.good')} (${format.unit(job.unit)})`} problem={wrong['good']}>
          {(input) => (
            <input {...input} className="input number" inputMode="decimal" value={good} onChange={(event) => setGood(event.target.value)} />
          )}
        </Field>
        <Field label={`${t('production.scrap')} (${format.unit(job.unit)})`} problem={wrong['scrap']}>
          {(input) => (
            <input
              {...input}
              className="input number"
              inputMode="decimal"
              value={scrap}
              onChange={(event) => setScrap(event.target.value)}
            />
          )}
        </Field>
      </div>
      {lost ? <ReasonField code={reasonCode} problem={wrong['reasonCode']} onChange={setReasonCode} /> : null}
      <Field label={t('orders.reason')} hint={t('jobs.countReasonHint')} problem={wrong['reason']}>
        {(input) => <textarea {...input} required className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}
