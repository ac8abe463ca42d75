import { type FormEvent, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useAsk, useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { ProblemNotice, Screen } from '../app/states.js';
import { Button } from '../design/button.js';
import { PageHead } from '../design/page-head.js';
import { Panel } from '../design/panel.js';
import { TermsChoice, termsProblem } from '../duties/terms-choice.js';
import { useWords } from '../words/words.js';
import { type AskLine, AskLineForm, askLine, askLineInput, askLineOf } from './ask-line.js';
import { type Rfq, touchedByRfq } from './rfq-page.js';
import { type Currency, CurrencyField, DeliveryFields, type DeliveryTerms, instantOf, localOf, TextField } from './terms-fields.js';

/** Drafts a request for quotes; suppliers are invited from its own page. */
export const CreateRfqPage = () => <RfqForm draft={null} />;

/** Writes a draft anew; once it is open nobody can. */
export function EditRfqPage({ rfq: id }: { readonly rfq: string }) {
  const asked = useAsk(['orders.rfq.get', { rfq: id }], (yunfab, options) => yunfab.orders.rfq.get({ rfq: id }, options));
  return <Screen asked={asked}>{(rfq) => <RfqForm draft={rfq} />}</Screen>;
}

function RfqForm({ draft }: { readonly draft: Rfq | null }) {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const [head, setHead] = useState(() => ({
    number: draft?.number ?? '',
    title: draft?.title ?? '',
    respondBy: draft ? localOf(draft.respondBy) : '',
    wantedOn: draft?.wantedOn ?? '',
    paymentDays: draft?.paymentDays?.toString() ?? '',
    note: draft?.note ?? '',
  }));
  const [currency, setCurrency] = useState<Currency>(draft?.currency ?? 'CNY');
  const [delivery, setDelivery] = useState<DeliveryTerms>(draft?.delivery ?? { rule: '', place: '' });
  const [secret, setSecret] = useState(draft?.confidentiality ?? { version: '', text: '' });
  const [terms, setTerms] = useState<readonly string[]>(() => draft?.terms.map(({ id }) => id) ?? []);
  const [lines, setLines] = useState<readonly AskLine[]>(() => draft?.lines.map(askLineOf) ?? [askLine()]);
  const command = useCommand(
    (yunfab, { number, ...input }: Parameters<typeof yunfab.orders.rfq.create>[0], options) =>
      draft
        ? yunfab.orders.rfq.revise({ rfq: draft.id, version: draft.version, ...input }, options)
        : yunfab.orders.rfq.create({ number, ...input }, options),
    touchedByRfq,
  );
  const wrong = fieldProblems(command.problem);
  const set = (part: Partial<typeof head>) => setHead({ ...head, ...part });
  // Of the lines as they are by then: an upload ends long after the form was drawn.
  const change = (key: string, part: Partial<AskLine> | ((line: AskLine) => Partial<AskLine>)) =>
    setLines((now) => now.map((line) => (line.key === key ? { ...line, ...(typeof part === 'function' ? part(line) : part) } : line)));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const rfq = await command.run({
      number: head.number.trim(),
      title: head.title.trim(),
      currency,
      respondBy: instantOf(head.respondBy),
      ...(head.wantedOn ? { wantedOn: head.wantedOn } : {}),
      ...(delivery.rule ? { delivery: { rule: delivery.rule, place: delivery.place.trim() } } : {}),
      ...(head.paymentDays.trim() ? { paymentDays: Number(head.paymentDays) } : {}),
      ...(head.note.trim() ? { note: head.note.trim() } : {}),
      ...(secret.text.trim() ? { confidentiality: { version: secret.version.trim(), text: secret.text.trim() } } : {}),
      ...(terms.length > 0 ? { terms: [...terms] } : {}),
      lines: lines.map(askLineInput),
    });
    if (rfq) navigate(`/rfqs/${rfq.id}`);
  };

  return (
    <>
      <PageHead
        title={draft ? `${draft.number} · ${draft.title}` : t('rfq.new')}
        crumbs={<Link href="/rfqs">{t('rfq.title')}</Link>}
        below={<p className="soft">{t('rfq.newWhat')}</p>}
      />
      <form className="stack" style={{ maxWidth: 960 }} onSubmit={(event) => void submit(event)} noValidate>
        <Panel title={t('rfq.head')}>
          <div className="form">
            <div className="form-row">
              {draft ? null : (
                <TextField
                  label={t('rfq.ownNumber')}
                  value={head.number}
                  problem={wrong['number']}
                  onChange={(number) => set({ number })}
                />
              )}
              <TextField label={t('rfq.subject')} value={head.title} problem={wrong['title']} onChange={(title) => set({ title })} />
              <TextField
                label={t('rfq.respondBy')}
                type="datetime-local"
                value={head.respondBy}
                problem={wrong['respondBy']}
                onChange={(respondBy) => set({ respondBy })}
              />
              <CurrencyField value={currency} problem={wrong['currency']} onChange={setCurrency} />
            </div>
            <div className="form-row">
              <DeliveryFields optional value={delivery} wrong={wrong} onChange={setDelivery} />
              <TextField
                label={t('form.optional', { field: t('rfq.wantedOn') })}
                type="date"
                value={head.wantedOn}
                problem={wrong['wantedOn']}
                onChange={(wantedOn) => set({ wantedOn })}
              />
              <TextField
                label={t('form.optional', { field: t('rfq.paymentDays') })}
                unit={t('rfq.days')}
                value={head.paymentDays}
                problem={wrong['paymentDays']}
                onChange={(paymentDays) => set({ paymentDays })}
              />
            </div>
            <TextField
              long
              label={t('form.optional', { field: t('orders.note') })}
              value={head.note}
              problem={wrong['note']}
              onChange={(note) => set({ note })}
            />
          </div>
        </Panel>
        <Panel title={t('form.optional', { field: t('rfq.confidentiality') })}>
          <div className="form">
            <p className="soft">{t('rfq.confidentialityWhat')}</p>
            <TextField
              label={t('rfq.termsVersion')}
              value={secret.version}
              problem={wrong['confidentiality.version']}
              onChange={(version) => setSecret({ ...secret, version })}
            />
            <TextField
              long
              label={t('rfq.termsText')}
              value={secret.text}
              problem={wrong['confidentiality.text']}
              onChange={(text) => setSecret({ ...secret, text })}
            />
          </div>
        </Panel>
        <TermsChoice chosen={terms} what={t('rfq.contractTermsWhat')} problem={termsProblem(wrong)} onChange={setTerms} />
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
            <AskLineForm line={line} wrong={(field) => wrong[`lines.${index}.${field}`]} onChange={(part) => change(line.key, part)} />
          </Panel>
        ))}
        <div className="actions">
          <Button icon="plus" onClick={() => setLines([...lines, askLine()])}>
            {t('propose.addLine')}
          </Button>
        </div>
        {command.problem ? <ProblemNotice problem={command.problem} /> : null}
        <div className="actions">
          <Button type="submit" look="primary" busy={command.busy} disabled={lines.some(({ uploading }) => uploading)}>
            {t('rfq.draft')}
          </Button>
          <Link className="button" href={draft ? `/rfqs/${draft.id}` : '/rfqs'}>
            {t('form.cancel')}
          </Link>
        </div>
      </form>
    </>
  );
}
