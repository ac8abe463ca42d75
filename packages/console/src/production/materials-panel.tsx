import { useState } from 'react';
import { Link } from 'wouter';
import { useMay } from '../app/permissions.js';
import { useAsk, useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Amount, Moment } from '../design/time.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import type { Job } from './job-page.js';

type Material = Job['materials'][number];

/** What went into the lots of the job order, and what was taken back. */
export function MaterialsPanel({ job }: { readonly job: Job }) {
  const { t } = useWords();
  const may = useMay();
  const [opened, setOpened] = useState<'issue' | Material | null>(null);
  const close = () => setOpened(null);
  const going = job.state === 'in_progress' && may('production.issue');
  return (
    <Panel
      title={t('materials.title')}
      flush
      aside={going ? <Button onClick={() => setOpened('issue')}>{t('materials.issue')}</Button> : undefined}
    >
      {job.materials.length === 0 ? (
        <p className="soft body">{t('materials.none')}</p>
      ) : (
        <RecordTable
          label={t('materials.title')}
          rows={job.materials}
          keyOf={(material) => material.id}
          columns={[
            { name: 'material', words: t('materials.material'), cell: (material) => <MaterialName material={material} /> },
            {
              name: 'quantity',
              words: t('orders.quantity'),
              number: true,
              cell: ({ quantity, reversed }) =>
                reversed ? (
                  <s>
                    <Amount value={quantity.value} unit={quantity.unit} />
                  </s>
                ) : (
                  <Amount value={quantity.value} unit={quantity.unit} />
                ),
            },
            { name: 'position', words: t('materials.position'), wide: true, cell: ({ position }) => position ?? '–' },
            { name: 'at', words: t('materials.at'), wide: true, cell: ({ at }) => <Moment at={at} /> },
            {
              name: 'move',
              words: <span className="visually-hidden">{t('moves')}</span>,
              cell: (material) =>
                material.reason !== null ? (
                  <span className="soft small">{material.reason}</span>
                ) : going && !material.reversed ? (
                  <Button onClick={() => setOpened(material)}>{t('materials.reverse')}</Button>
                ) : null,
            },
          ]}
        />
      )}
      {opened === 'issue' ? <IssueDialog job={job} onDone={close} /> : null}
      {opened && opened !== 'issue' ? <ReverseMaterialDialog job={job} material={opened} onDone={close} /> : null}
    </Panel>
  );
}

function MaterialName({ material: { thing } }: { readonly material: Material }) {
  if (thing.hidden) return <span className="soft">{thing.node}</span>;
  return <Link href={`${thing.kind === 'unit' ? '/units' : '/lots'}/${thing.node}`}>{thing.code}</Link>;
}

function IssueDialog({ job, onDone }: { readonly job: Job; readonly onDone: () => void }) {
  const { t, say } = useWords();
  const [code, setCode] = useState('');
  const [quantity, setQuantity] = useState('');
  const [position, setPosition] = useState('');
  const [operation, setOperation] = useState('');
  const text = code.trim();
  const found = useAsk(['lifecycle.identify', { value: text }], (yunfab, options) => yunfab.lifecycle.identify({ value: text }, options), {
    enabled: text !== '',
  });
  const things = (found.answer?.items ?? []).filter(({ thing }) => !thing.hidden);
  const [chosen] = things;
  const command = useCommand(
    (yunfab, input: { thing: string; quantity?: string; position?: string; operation?: string }, options) =>
      yunfab.production.materials.issue({ job: job.id, version: job.version, ...input }, options),
    touchedByMoves,
  );
  const wrong = fieldProblems(command.problem);
  const submit = () => {
    if (!chosen) return;
    const input = {
      thing: chosen.thing.node,
      ...(quantity.trim() ? { quantity: quantity.trim() } : {}),
      ...(position.trim() ? { position: position.trim() } : {}),
      ...(operation ? { operation } : {}),
    };
    void command.run(input).then((done) => done && onDone());
  };
  const hint = chosen
    ? `${chosen.thing.code ?? ''} · ${chosen.thing.stateWords ? say(chosen.thing.stateWords) : ''}`
    : t('materials.codeHint');
  return (
    <MoveForm
      title={t('materials.issue')}
      effect={t('materials.issueEffect')}
      submit={t('materials.issueSubmit')}
      ready={chosen !== undefined}
      command={command}
      onSubmit={submit}
      onCancel={onDone}
    >
      <Field label={t('materials.code')} hint={hint} problem={wrong['thing']}>
        {(input) => <input {...input} required className="input" value={code} onChange={(event) => setCode(event.target.value)} />}
      </Field>
      <div className="form-row">
        <Field label={t('orders.quantity')} hint={t('materials.quantityHint')} problem={wrong['quantity']}>
          {(input) => (
            <input
              {...input}
              className="input number"
              inputMode="decimal"
              value={quantity}
              onChange={(event) => setQuantity(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('form.optional', { field: t('materials.position') })} problem={wrong['position']}>
          {(input) => <input {...input} className="input" value={position} onChange={(event) => setPosition(event.target.value)} />}
        </Field>
      </div>
      {job.operations.length > 1 ? (
        <Field label={t('jobs.operation')}>
          {(input) => (
            <select {...input} className="input" value={operation} onChange={(event) => setOperation(event.target.value)}>
              <option value="">{t('materials.currentOperation')}</option>
              {job.operations.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.position} {say(each.words)}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
    </MoveForm>
  );
}

function ReverseMaterialDialog({ job, material, onDone }: { readonly job: Job; readonly material: Material; readonly onDone: () => void }) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const command = useCommand(
    (yunfab, input: { reason: string }, options) =>
      yunfab.production.materials.reverse({ job: job.id, version: job.version, issue: material.id, ...input }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      title={t('materials.reverseTitle', { material: material.thing.code ?? '' })}
      effect={t('materials.reverseEffect')}
      submit={t('materials.reverse')}
      danger
      ready={reason.trim() !== ''}
      command={command}
      onSubmit={() => void command.run({ reason: reason.trim() }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field label={t('orders.reason')} problem={fieldProblems(command.problem)['reason']}>
        {(input) => <textarea {...input} required className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}
