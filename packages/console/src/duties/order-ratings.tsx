import { useState } from 'react';
import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useMay } from '../app/permissions.js';
import { useAsk, useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { MoveForm } from '../orders/move-form.js';
import type { Order } from '../orders/order-page.js';
import { useWords } from '../words/words.js';

type Ratings = Awaited<ReturnType<Client['orders']['ratings']['ofOrder']>>;
type Rating = Ratings['items'][number];
type Open = 'rate' | 'answer' | { readonly revise: Rating };

const touched = ['orders'];
const criteria = ['delivery', 'quality', 'communication'] as const;

/** What each side gave the other, and the way to the score card of the supplier. */
export function OrderRatings({ order }: { readonly order: Order }) {
  const { t, say } = useWords();
  const may = useMay();
  const { answer: ratings } = useAsk(
    ['orders.ratings.ofOrder', { order: order.id }],
    (yunfab, options) => yunfab.orders.ratings.ofOrder({ order: order.id }, options),
    { enabled: may('orders.ratings.view') },
  );
  const [open, setOpen] = useState<Open | null>(null);
  if (!ratings) return null;
  const give = may('orders.ratings.give');
  const done = () => setOpen(null);
  return (
    <Panel
      title={t('ratings.title')}
      aside={
        <span className="actions">
          {order.side === 'reader' ? null : <Link href={`/scores/${order.supplier.code}`}>{t('ratings.score')}</Link>}
          {ratings.mayRate && give ? <Button onClick={() => setOpen('rate')}>{t('ratings.rate')}</Button> : null}
        </span>
      }
    >
      {ratings.items.length === 0 ? <p className="soft">{t(ratings.waitsForAcceptance ? 'ratings.waits' : 'ratings.none')}</p> : null}
      <ul className="remarks">
        {ratings.items.map((each) => (
          <li key={each.side} data-rating={each.side}>
            <div>
              <p>
                <strong>{t(`ratings.by.${each.side}`)}</strong>{' '}
                <span className="soft small">
                  {each.by} · <Moment at={each.at} />
                  {each.revision > 1 ? ` · ${t('ratings.revisions', { revision: String(each.revision) })}` : ''}
                </span>
              </p>
              <p>
                {each.criteria.map(({ criterion, words, grade }) => (
                  <span key={criterion} className="nowrap" style={{ marginInlineEnd: 16 }}>
                    {say(words)} <strong>{grade}</strong>/5
                  </span>
                ))}
              </p>
              {each.text ? <p style={{ whiteSpace: 'pre-wrap' }}>{each.text}</p> : null}
              {each.reply ? (
                <p className="soft" style={{ whiteSpace: 'pre-wrap' }}>
                  {t('ratings.reply')}: {each.reply.text} <span className="small">— {each.reply.by}</span>
                </p>
              ) : null}
              {each.earlier.map((earlier) => (
                <p key={earlier.revision} className="soft small">
                  {t('ratings.revisions', { revision: String(earlier.revision) })} · <Moment at={earlier.at} /> ·{' '}
                  {criteria.map((name) => earlier[name]).join(' / ')}
                  {earlier.text ? ` · ${earlier.text}` : ''}
                </p>
              ))}
            </div>
            <span className="actions end">
              {each.mayRevise && give ? <Button onClick={() => setOpen({ revise: each })}>{t('ratings.revise')}</Button> : null}
              {each.mayAnswer && give ? <Button onClick={() => setOpen('answer')}>{t('ratings.answer')}</Button> : null}
            </span>
          </li>
        ))}
      </ul>
      {open === 'rate' ? <Rate order={order.id} onDone={done} /> : null}
      {open === 'answer' ? <Answer order={order.id} onDone={done} /> : null}
      {open && typeof open === 'object' ? <Rate order={order.id} before={open.revise} onDone={done} /> : null}
    </Panel>
  );
}

interface RateProps {
  readonly order: string;
  /** The rating that is revised. */
  readonly before?: Rating;
  readonly onDone: () => void;
}

function Rate({ order, before, onDone }: RateProps) {
  const { t } = useWords();
  const [grades, setGrades] = useState({
    delivery: before?.delivery ?? 5,
    quality: before?.quality ?? 5,
    communication: before?.communication ?? 5,
  });
  const [text, setText] = useState(before?.text ?? '');
  const command = useCommand((yunfab, given: typeof grades & { text?: string }, options) => {
    const { ratings } = yunfab.orders;
    return before ? ratings.revise({ order, revision: before.revision, ...given }, options) : ratings.rate({ order, ...given }, options);
  }, touched);
  const words = text.trim();
  const problems = fieldProblems(command.problem);
  return (
    <MoveForm
      title={t(before ? 'ratings.revise' : 'ratings.rate')}
      effect={t('ratings.rateEffect')}
      submit={t(before ? 'ratings.revise' : 'ratings.rate')}
      command={command}
      onSubmit={() => void command.run({ ...grades, ...(words === '' ? {} : { text: words }) }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <div className="form-row">
        {criteria.map((name) => (
          <Field key={name} label={t(`ratings.${name}`)} problem={problems[name]}>
            {(input) => (
              <select
                {...input}
                className="input"
                value={grades[name]}
                onChange={(event) => setGrades({ ...grades, [name]: Number(event.target.value) })}
              >
                {[5, 4, 3, 2, 1].map((grade) => (
                  <option key={grade} value={grade}>
                    {grade}
                  </option>
                ))}
              </select>
            )}
          </Field>
        ))}
      </div>
      <Field label={t('form.optional', { field: t('ratings.text') })} problem={problems['text']}>
        {(input) => <textarea {...input} rows={4} className="input" value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}

function Answer({ order, onDone }: { readonly order: string; readonly onDone: () => void }) {
  const { t } = useWords();
  const [reply, setReply] = useState('');
  const command = useCommand((yunfab, given: string, options) => yunfab.orders.ratings.answer({ order, reply: given }, options), touched);
  return (
    <MoveForm
      title={t('ratings.answer')}
      effect={t('ratings.answerEffect')}
      submit={t('ratings.answer')}
      ready={reply.trim() !== ''}
      command={command}
      onSubmit={() => void command.run(reply.trim()).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field label={t('ratings.reply')} problem={fieldProblems(command.problem)['reply']}>
        {(input) => (
          <textarea {...input} required rows={4} className="input" value={reply} onChange={(event) => setReply(event.target.value)} />
        )}
      </Field>
    </MoveForm>
  );
}
