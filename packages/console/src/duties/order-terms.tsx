import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useMay } from '../app/permissions.js';
import { useAsk, useCommand } from '../app/platform.js';
import { ProblemNotice } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import { useTermsInForce } from './terms-choice.js';
import { TermsText } from './terms-text.js';

type OrderTerms = Awaited<ReturnType<Client['orders']['terms']['ofOrder']>>;
type Attached = OrderTerms['items'][number];
type Open = { readonly read: Attached } | { readonly accept: Attached } | { readonly detach: Attached } | 'attach';

const touched = ['orders'];

/** Under which texts an order is, and which side accepted which when. */
export function OrderTermsPanel({ order }: { readonly order: string }) {
  const { t, say } = useWords();
  const may = useMay();
  const asked = useAsk(['orders.terms.ofOrder', { order }], (yunfab, options) => yunfab.orders.terms.ofOrder({ order }, options), {
    enabled: may('orders.terms.view'),
  });
  const [open, setOpen] = useState<Open | null>(null);
  const done = () => setOpen(null);
  const terms = asked.answer;
  const agree = may('orders.terms.agree');
  if (!terms && !asked.problem) return null;
  return (
    <Panel
      title={t('terms.title')}
      aside={
        terms?.mayAttach && agree ? (
          <Button icon="plus" onClick={() => setOpen('attach')}>
            {t('terms.attach')}
          </Button>
        ) : undefined
      }
    >
      {asked.problem ? <ProblemNotice problem={asked.problem} onRetry={asked.again} /> : null}
      {terms?.items.length === 0 ? <p className="soft">{t('terms.noneOfOrder')}</p> : null}
      {terms && terms.items.length > 0 ? (
        <div className="stack">
          <p>
            <Badge
              state={terms.agreed ? 'acknowledged' : 'pending'}
              tone={terms.agreed ? 'good' : 'warn'}
              words={t(terms.agreed ? 'terms.agreed' : 'terms.open')}
            />
          </p>
          <ul className="remarks">
            {terms.items.map((each) => (
              <li key={each.attachment} data-terms={each.terms.code}>
                <div>
                  <p>
                    <strong>{say(each.terms.title)}</strong>{' '}
                    <span className="soft">
                      {each.terms.code} · {t('terms.version', { number: String(each.terms.number) })} · {say(each.terms.publisher.name)}
                    </span>
                  </p>
                  <p className="soft small mono" style={{ overflowWrap: 'anywhere' }}>
                    {t('terms.hash')} {each.terms.sha256}
                  </p>
                  <p className="soft small">
                    {t('terms.attachedBy', { side: t(`terms.side.${each.attachedBy.side}`), label: each.attachedBy.label })} ·{' '}
                    <Moment at={each.attachedBy.at} />
                  </p>
                  {each.accepted.map((accepted) => (
                    <p key={accepted.side} className="soft small" data-accepted={accepted.side}>
                      {t('terms.acceptedBy', { side: t(`terms.side.${accepted.side}`), label: accepted.by })} · <Moment at={accepted.at} />
                    </p>
                  ))}
                  {each.detachedAt ? (
                    <p className="soft small">
                      {t('terms.detached')} · <Moment at={each.detachedAt} />
                    </p>
                  ) : null}
                </div>
                <span className="actions end">
                  <Button onClick={() => setOpen({ read: each })}>{t('terms.read')}</Button>
                  {each.mayAccept && agree ? (
                    <Button look="primary" onClick={() => setOpen({ accept: each })}>
                      {t('terms.accept')}
                    </Button>
                  ) : null}
                  {each.mayDetach && agree ? (
                    <Button look="danger" onClick={() => setOpen({ detach: each })}>
                      {t('terms.detach')}
                    </Button>
                  ) : null}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {terms && open === 'attach' ? <Attach terms={terms} onDone={done} /> : null}
      {open && open !== 'attach' && 'read' in open ? <TermsText terms={open.read.terms.id} onClose={done} /> : null}
      {terms && open && open !== 'attach' && 'accept' in open ? <Accept terms={terms} attached={open.accept} onDone={done} /> : null}
      {terms && open && open !== 'attach' && 'detach' in open ? <Detach terms={terms} attached={open.detach} onDone={done} /> : null}
    </Panel>
  );
}

interface MoveProps {
  readonly terms: OrderTerms;
  readonly onDone: () => void;
}

function Attach({ terms: { order, version }, onDone }: MoveProps) {
  const { t, say } = useWords();
  const [chosen, setChosen] = useState('');
  const { groups } = useTermsInForce();
  const command = useCommand((yunfab, terms: string, options) => yunfab.orders.terms.attach({ order, version, terms }, options), touched);
  return (
    <MoveForm
      title={t('terms.attach')}
      effect={t('terms.attachEffect')}
      submit={t('terms.attach')}
      ready={chosen !== ''}
      command={command}
      onSubmit={() => void command.run(chosen).then((answer) => answer && onDone())}
      onCancel={onDone}
    >
      <Field label={t('terms.choose')}>
        {(input) => (
          <select {...input} className="input" value={chosen} onChange={(event) => setChosen(event.target.value)}>
            <option value="" />
            {groups.map(({ label, items }) => (
              <optgroup key={label} label={label}>
                {items.map((each) => (
                  <option key={each.id} value={each.id}>
                    {say(each.title)} · {each.code} · {t('terms.version', { number: String(each.number) })}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
    </MoveForm>
  );
}

function Accept({ terms: { order, version }, attached, onDone }: MoveProps & { readonly attached: Attached }) {
  const { t, say } = useWords();
  const { attachment, terms } = attached;
  const text = useAsk(['orders.terms.get', { terms: terms.id }], (yunfab, options) =>
    yunfab.orders.terms.get({ terms: terms.id }, options),
  );
  const command = useCommand(
    (yunfab, sha256: string, options) => yunfab.orders.terms.accept({ order, version, attachment, sha256 }, options),
    touched,
  );
  return (
    <MoveForm
      wide
      title={`${t('terms.accept')}: ${say(terms.title)}`}
      effect={t('terms.acceptEffect')}
      submit={t('terms.accept')}
      ready={text.answer !== undefined}
      command={command}
      onSubmit={() => void command.run(text.answer?.sha256 ?? '').then((answer) => answer && onDone())}
      onCancel={onDone}
    >
      {text.answer ? (
        <div style={{ maxHeight: '45vh', overflow: 'auto', whiteSpace: 'pre-wrap' }} tabIndex={0} role="document">
          {say(text.answer.text)}
        </div>
      ) : null}
      <p className="soft small mono" style={{ overflowWrap: 'anywhere' }}>
        {t('terms.hash')} {terms.sha256}
      </p>
    </MoveForm>
  );
}

function Detach({ terms: { order, version }, attached, onDone }: MoveProps & { readonly attached: Attached }) {
  const { t, say } = useWords();
  const command = useCommand(
    (yunfab, attachment: string, options) => yunfab.orders.terms.detach({ order, version, attachment }, options),
    touched,
  );
  return (
    <MoveForm
      danger
      title={`${t('terms.detach')}: ${say(attached.terms.title)}`}
      effect={t('terms.detachEffect')}
      submit={t('terms.detach')}
      command={command}
      onSubmit={() => void command.run(attached.attachment).then((answer) => answer && onDone())}
      onCancel={onDone}
    />
  );
}
