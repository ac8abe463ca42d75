import { useState } from 'react';
import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useMay } from '../app/permissions.js';
import { useCommand, useList } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { MoreButton } from '../design/list-foot.js';
import { Panel } from '../design/panel.js';
import { MoveForm } from '../orders/move-form.js';
import type { Order } from '../orders/order-page.js';
import { useWords } from '../words/words.js';
import { complaintTone, Due } from './complaint-list.js';

/** Complaints about one order, and filing another. */
export function OrderComplaints({ order }: { readonly order: Order }) {
  const { t, say } = useWords();
  const may = useMay();
  const [filing, setFiling] = useState(false);
  const see = may('orders.complaints.view');
  const filter = { order: order.id };
  const list = useList(
    ['orders.complaints.list', filter],
    (yunfab, page, options) => yunfab.orders.complaints.list({ ...filter, ...page }, options),
    { enabled: see },
  );
  const mayFile = order.side !== 'reader' && may('orders.complaints.file');
  if (!see || (list.items.length === 0 && !mayFile)) return null;
  return (
    <Panel
      title={t('complaints.title')}
      aside={mayFile ? <Button onClick={() => setFiling(true)}>{t('complaints.file')}</Button> : undefined}
    >
      {list.items.length === 0 ? <p className="soft">{t('complaints.none')}</p> : null}
      <ul className="remarks">
        {list.items.map((each) => (
          <li key={each.id}>
            <div>
              <p>
                <Link href={`/complaints/${each.id}`}>{each.number}</Link> · {say(each.categoryWords)}{' '}
                <Badge state={each.state} words={each.stateWords} tone={complaintTone(each)} />
              </p>
              <p className="soft small">
                {t('complaints.due')} <Due complaint={each} />
              </p>
            </div>
          </li>
        ))}
      </ul>
      <MoreButton list={list} />
      {filing ? <FileComplaint order={order} onDone={() => setFiling(false)} /> : null}
    </Panel>
  );
}

const categories = ['quality', 'quantity', 'delivery', 'payment', 'documents', 'confidentiality', 'conduct', 'other'] as const;
type Category = (typeof categories)[number];

function FileComplaint({ order, onDone }: { readonly order: Order; readonly onDone: () => void }) {
  const { t } = useWords();
  const [category, setCategory] = useState<Category>('quality');
  const [subject, setSubject] = useState('');
  const [text, setText] = useState('');
  const command = useCommand(
    (yunfab, input: Parameters<Client['orders']['complaints']['file']>[0], options) => yunfab.orders.complaints.file(input, options),
    ['orders'],
  );
  const problems = fieldProblems(command.problem);
  const [kind = '', id = ''] = subject.split(' ');
  const about = kind === 'line' || kind === 'shipment' ? { subject: { kind, id } as const } : {};
  return (
    <MoveForm
      title={t('complaints.file')}
      effect={t('complaints.fileEffect')}
      submit={t('complaints.file')}
      ready={text.trim() !== ''}
      command={command}
      onSubmit={() => void command.run({ order: order.id, category, text: text.trim(), ...about }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <div className="form-row">
        <Field label={t('complaints.category')} problem={problems['category']}>
          {(input) => (
            <select {...input} className="input" value={category} onChange={(event) => setCategory(event.target.value as Category)}>
              {categories.map((each) => (
                <option key={each} value={each}>
                  {t(`complaints.category.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('complaints.subject')} problem={problems['subject']}>
          {(input) => (
            <select {...input} className="input" value={subject} onChange={(event) => setSubject(event.target.value)}>
              <option value="">{t('complaints.wholeOrder')}</option>
              {order.lines.map((line) => (
                <option key={line.id} value={`line ${line.id}`}>
                  {line.position} · {line.description}
                </option>
              ))}
              {order.shipments.map((shipment) => (
                <option key={shipment.id} value={`shipment ${shipment.id}`}>
                  {shipment.number}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <Field label={t('complaints.text')} problem={problems['text']}>
        {(input) => (
          <textarea {...input} required rows={5} className="input" value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
    </MoveForm>
  );
}
