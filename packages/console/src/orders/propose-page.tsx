import { type FormEvent, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useCommand, useFormat } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { ProblemNotice } from '../app/states.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { PageHead } from '../design/page-head.js';
import { Panel } from '../design/panel.js';
import { TermsChoice, termsProblem } from '../duties/terms-choice.js';
import { useWords } from '../words/words.js';
import { type DraftLine, draftLine, LineForm, lineInput } from './propose-line.js';
import { SupplierField } from './supplier-field.js';

export function ProposePage() {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const [supplier, setSupplier] = useState('');
  const [ownNumber, setOwnNumber] = useState('');
  const [currency, setCurrency] = useState('CNY');
  const [dueOn, setDueOn] = useState('');
  const [note, setNote] = useState('');
  const [privateNote, setPrivateNote] = useState('');
  const [terms, setTerms] = useState<readonly string[]>([]);
  const [lines, setLines] = useState<readonly DraftLine[]>(() => [draftLine()]);
  const command = useCommand(
    (yunfab, input: Parameters<typeof yunfab.orders.propose>[0], options) => yunfab.orders.propose(input, options),
    ['orders'],
  );
  const wrong = fieldProblems(command.problem);
  const change = (key: string, part: Partial<DraftLine>) => setLines(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const order = await command.run({
      supplier: supplier.trim(),
      ownNumber: ownNumber.trim(),
      currency: currency.trim().toUpperCase() as 'CNY',
      dueOn,
      ...(note.trim() ? { note: note.trim() } : {}),
      ...(privateNote.trim() ? { privateNote: privateNote.trim() } : {}),
      ...(terms.length > 0 ? { terms: [...terms] } : {}),
      lines: lines.map(lineInput),
    });
    if (order) navigate(`/orders/${order.id}`);
  };

  return (
    <>
      <PageHead
        title={t('propose.title')}
        crumbs={<Link href="/orders">{t('orders.title')}</Link>}
        below={<p className="soft">{t('propose.what')}</p>}
      />
      <form className="stack" style={{ maxWidth: 960 }} onSubmit={(event) => void submit(event)} noValidate>
        <Panel title={t('propose.head')}>
          <div className="form">
            <div className="form-row">
              <SupplierField value={supplier} onChange={setSupplier} problem={wrong['supplier']} />
              <Field label={t('propose.ownNumber')} hint={t('propose.ownNumberHint')} problem={wrong['ownNumber']}>
                {(input) => (
                  <input {...input} required className="input" value={ownNumber} onChange={(event) => setOwnNumber(event.target.value)} />
                )}
              </Field>
              <Field label={t('orders.due')} problem={wrong['dueOn']}>
                {(input) => (
                  <input
                    {...input}
                    required
                    className="input"
                    type="date"
                    value={dueOn}
                    onChange={(event) => setDueOn(event.target.value)}
                  />
                )}
              </Field>
              <Field label={t('orders.currency')} problem={wrong['currency']}>
                {(input) => (
                  <select {...input} className="input" value={currency} onChange={(event) => setCurrency(event.target.value)}>
                    {currencies.map((code) => (
                      <option key={code}>{code}</option>
                    ))}
                  </select>
                )}
              </Field>
            </div>
            <div className="form-row">
              <Field label={t('form.optional', { field: t('orders.note') })} hint={t('propose.noteHint')} problem={wrong['note']}>
                {(input) => <textarea {...input} className="input" value={note} onChange={(event) => setNote(event.target.value)} />}
              </Field>
              <Field
                label={t('form.optional', { field: t('orders.privateNote') })}
                hint={t('orders.privateNoteHint')}
                problem={wrong['privateNote']}
              >
                {(input) => (
                  <textarea {...input} className="input" value={privateNote} onChange={(event) => setPrivateNote(event.target.value)} />
                )}
              </Field>
            </div>
          </div>
        </Panel>
        <TermsChoice chosen={terms} what={t('propose.termsWhat')} problem={termsProblem(wrong)} onChange={setTerms} />
        {lines.map((line, index) => (
          <Panel
            key={line.key}
            title={t('propose.line', { position: index + 1 })}
            aside={
              lines.length > 1 ? (
                <Button look="quiet" icon="close" onClick={() => setLines(lines.filter(({ key }) => key !== line.key))}>
                  {t('propose.removeLine')}
                </Button>
              ) : undefined
            }
          >
            <LineForm
              line={line}
              currency={currency}
              wrong={(field) => wrong[`lines.${index}.${field}`]}
              onChange={(part) => change(line.key, part)}
            />
          </Panel>
        ))}
        <div className="actions">
          <Button icon="plus" onClick={() => setLines([...lines, draftLine()])}>
            {t('propose.addLine')}
          </Button>
        </div>
        <Total lines={lines} currency={currency} />
        {command.problem ? <ProblemNotice problem={command.problem} /> : null}
        <div className="actions">
          <Button type="submit" look="primary" busy={command.busy}>
            {t('propose.submit')}
          </Button>
          <Link className="button" href="/orders">
            {t('form.cancel')}
          </Link>
        </div>
      </form>
    </>
  );
}

const currencies = ['CNY', 'USD', 'EUR', 'JPY', 'KRW', 'GBP', 'HKD'] as const;

/** For orientation while typing; the platform computes the binding total. */
function Total({ lines, currency }: { readonly lines: readonly DraftLine[]; readonly currency: string }) {
  const { t } = useWords();
  const format = useFormat();
  const total = lines.reduce((sum, line) => sum + Number(line.quantity) * Number(line.unitPrice), 0);
  if (!Number.isFinite(total) || total === 0) return null;
  return (
    <p>
      {t('orders.total')}: <strong>{format.money(total.toFixed(2), currency)}</strong>
    </p>
  );
}
