import { useState } from 'react';
import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useMay } from '../app/permissions.js';
import { useAsk, useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { MoveButtons } from '../design/move-buttons.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { CalendarDate, Moment } from '../design/time.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import { leadTone, whoIs } from './lead-board.js';

type Lead = Awaited<ReturnType<Client['commerce']['leads']['get']>>;
type Move = Lead['moves'][number]['move'];
type Opened = { readonly kind: 'move'; readonly move: Move } | { readonly kind: 'follow' } | { readonly kind: 'forget' };

const touched = ['commerce'] as const;

export function LeadPage({ lead: id }: { readonly lead: string }) {
  const asked = useAsk(['commerce.leads.get', { lead: id }], (yunfab, options) => yunfab.commerce.leads.get({ lead: id }, options));
  return (
    <Screen asked={asked}>
      {(lead) => (
        <>
          <LeadHead lead={lead} />
          <div className="stack">
            <LeadFacts lead={lead} />
            <History lead={lead} />
          </div>
        </>
      )}
    </Screen>
  );
}

function LeadHead({ lead }: { readonly lead: Lead }) {
  const { t, say } = useWords();
  const may = useMay();
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  const first = lead.moves.find(({ move }) => move !== 'lose')?.move;
  return (
    <PageHead
      title={whoIs(lead) ?? t('leads.unnamed')}
      badge={<Badge state={lead.state} words={lead.stateWords} tone={leadTone(lead.state)} />}
      crumbs={
        <>
          <Link href="/leads">{t('leads.title')}</Link>
          <span aria-hidden="true">/</span>
          <span>{lead.campaign?.name ?? say(lead.sourceWords)}</span>
        </>
      }
    >
      {may('commerce.leads.manage') ? (
        <div className="actions end">
          {lead.contact ? (
            <Button look="danger" onClick={() => setOpened({ kind: 'forget' })}>
              {t('leads.forget')}
            </Button>
          ) : null}
          <Button onClick={() => setOpened({ kind: 'follow' })}>{t('leads.follow')}</Button>
          <MoveButtons moves={lead.moves} primary={first} dangerous={['lose']} onChoose={(move) => setOpened({ kind: 'move', move })} />
        </div>
      ) : null}
      {opened?.kind === 'move' ? <MoveDialog lead={lead} move={opened.move} onDone={close} /> : null}
      {opened?.kind === 'follow' ? <FollowDialog lead={lead} onDone={close} /> : null}
      {opened?.kind === 'forget' ? <ForgetDialog lead={lead} onDone={close} /> : null}
    </PageHead>
  );
}

function LeadFacts({ lead }: { readonly lead: Lead }) {
  const { t, say } = useWords();
  const { contact } = lead;
  return (
    <Panel title={t('leads.facts')}>
      <Facts
        facts={[
          { label: t('leads.interest'), value: lead.interest },
          { label: t('leads.company'), value: lead.company ?? '–' },
          { label: t('leads.country'), value: lead.country ?? '–' },
          {
            label: t('leads.contact'),
            value: contact ? [contact.name, contact.email, contact.phone].filter(Boolean).join(' · ') || '–' : t('leads.noConsent'),
          },
          { label: t('leads.source'), value: lead.campaign?.name ?? say(lead.sourceWords) },
          { label: t('leads.owner'), value: lead.owner ?? '–' },
          { label: t('leads.followUp'), value: lead.followUpOn ? <CalendarDate on={lead.followUpOn} /> : '–' },
          { label: t('leads.captured'), value: <Moment at={lead.capturedAt} /> },
          lead.note ? { label: t('orders.note'), value: lead.note } : null,
          lead.reason ? { label: t('orders.reason'), value: lead.reason } : null,
        ]}
      />
    </Panel>
  );
}

function History({ lead }: { readonly lead: Lead }) {
  const { t, say } = useWords();
  if (lead.history.length === 0) return null;
  return (
    <Panel title={t('leads.history')}>
      <ol className="stack" style={{ gap: 6, listStyle: 'none', padding: 0, margin: 0 }}>
        {lead.history.toReversed().map(({ move, words, reason, by, at }) => (
          <li key={`${move}${at}`}>
            {say(words)}
            {reason ? ` · ${reason}` : null}{' '}
            <span className="soft small">
              {by} · <Moment at={at} />
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

interface DialogProps {
  readonly lead: Lead;
  readonly onDone: () => void;
}

function MoveDialog({ lead: { id, version, moves }, move, onDone }: DialogProps & { readonly move: Move }) {
  const { t, say } = useWords();
  const [reason, setReason] = useState('');
  const losing = move === 'lose';
  const words = moves.find((each) => each.move === move)?.words;
  const command = useCommand(
    (yunfab, input: { reason?: string }, options) => yunfab.commerce.leads.move({ lead: id, version, move, ...input }, options),
    touched,
  );
  const label = words ? say(words) : move;
  return (
    <MoveForm
      danger={losing}
      title={label}
      effect={t('leads.moveEffect')}
      submit={label}
      ready={!losing || reason.trim() !== ''}
      command={command}
      onSubmit={() => void command.run(reason.trim() ? { reason: reason.trim() } : {}).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field
        label={losing ? t('orders.reason') : t('form.optional', { field: t('orders.reason') })}
        problem={fieldProblems(command.problem)['reason']}
      >
        {(input) => <textarea {...input} className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}

function FollowDialog({ lead, onDone }: DialogProps) {
  const { t } = useWords();
  const [owner, setOwner] = useState(lead.owner ?? '');
  const [followUpOn, setFollowUpOn] = useState(lead.followUpOn ?? '');
  const [note, setNote] = useState(lead.note ?? '');
  const command = useCommand(
    (yunfab, input: { owner: string | null; followUpOn: string | null; note: string | null }, options) =>
      yunfab.commerce.leads.follow({ lead: lead.id, version: lead.version, ...input }, options),
    touched,
  );
  const wrong = fieldProblems(command.problem);
  const input = { owner: owner.trim() || null, followUpOn: followUpOn || null, note: note.trim() || null };
  return (
    <MoveForm
      title={t('leads.follow')}
      effect={t('leads.followEffect')}
      submit={t('leads.followSubmit')}
      command={command}
      onSubmit={() => void command.run(input).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field label={t('leads.owner')} problem={wrong['owner']}>
        {(field) => <input {...field} className="input" value={owner} onChange={(event) => setOwner(event.target.value)} />}
      </Field>
      <Field label={t('leads.followUp')} problem={wrong['followUpOn']}>
        {(field) => (
          <input {...field} type="date" className="input" value={followUpOn} onChange={(event) => setFollowUpOn(event.target.value)} />
        )}
      </Field>
      <Field label={t('form.optional', { field: t('orders.note') })} problem={wrong['note']}>
        {(field) => <textarea {...field} className="input" value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}

function ForgetDialog({ lead, onDone }: DialogProps) {
  const { t } = useWords();
  const command = useCommand(
    (yunfab, _: null, options) => yunfab.commerce.leads.withdrawConsent({ lead: lead.id, version: lead.version }, options),
    touched,
  );
  return (
    <MoveForm
      danger
      title={t('leads.forget')}
      effect={t('leads.forgetEffect')}
      submit={t('leads.forgetSubmit')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
