import { useState } from 'react';
import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useAsk } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { MoveButtons } from '../design/move-buttons.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { FilesPanel } from '../files/files-panel.js';
import { useWords } from '../words/words.js';
import { complaintTone, Due } from './complaint-list.js';
import { type ComplaintMove, ComplaintMoveDialog } from './complaint-moves.js';

export type Complaint = Awaited<ReturnType<Client['orders']['complaints']['get']>>;

/** One complaint: what happened, what each side said, which deadline runs, and the moves of this side. */
export function ComplaintPage({ id }: { readonly id: string }) {
  const asked = useAsk(['orders.complaints.get', { complaint: id }], (yunfab, options) =>
    yunfab.orders.complaints.get({ complaint: id }, options),
  );
  return <Screen asked={asked}>{(found) => <ComplaintView found={found} />}</Screen>;
}

function ComplaintView({ found }: { readonly found: Complaint }) {
  const { t, say } = useWords();
  return (
    <>
      <PageHead
        title={found.number}
        badge={<Badge state={found.state} words={found.stateWords} tone={complaintTone(found)} />}
        crumbs={
          <>
            <Link href="/complaints">{t('complaints.title')}</Link>
            <span aria-hidden="true">/</span>
            {found.side === 'operator' ? (
              <span>{found.order.number}</span>
            ) : (
              <Link href={`/orders/${found.order.id}`}>{found.order.number}</Link>
            )}
          </>
        }
        below={
          found.waitingWords ? (
            <p role="status">
              {t('complaints.waitingFor')} {say(found.waitingWords)} · {t('complaints.due')} <Due complaint={found} />
            </p>
          ) : undefined
        }
      >
        <ComplaintMoves found={found} />
      </PageHead>
      <div className="with-side">
        <div className="stack">
          <Panel title={`${say(found.categoryWords)} · ${say(found.subject.kindWords)} ${found.subject.label}`}>
            <p style={{ whiteSpace: 'pre-wrap' }}>{found.text}</p>
          </Panel>
          <Panel title={t('complaints.history')}>
            <ul className="remarks">
              {found.history.map((each) => (
                <li key={`${each.at}${each.move}`} data-history={each.move}>
                  <div>
                    <strong>{say(each.words)}</strong>
                    <span className="soft small">
                      {' '}
                      · {each.by} ({t(`complaints.${each.side}`)}) · <Moment at={each.at} />
                    </span>
                    {each.text ? (
                      <p className="soft" style={{ whiteSpace: 'pre-wrap' }}>
                        {each.text}
                      </p>
                    ) : null}
                  </div>
                </li>
              ))}
            </ul>
          </Panel>
          <FilesPanel record={found.id} mayAttach={found.side !== 'reader'} />
        </div>
        <Panel title={t('complaints.facts')}>
          <Facts
            facts={[
              { label: t('complaints.complainant'), value: say(found.complainant.name) },
              { label: t('complaints.respondent'), value: say(found.respondent.name) },
              found.operator ? { label: t('complaints.operator'), value: say(found.operator.name) } : null,
              { label: t('complaints.owner'), value: found.owner ?? '–' },
              found.outcome ? { label: t('complaints.outcome'), value: say(found.outcome.words) } : null,
              { label: t('complaints.filedAt'), value: <Moment at={found.filedAt} /> },
              { label: t('complaints.answerDue'), value: <Moment at={found.answerDueAt} /> },
              found.answeredAt ? { label: t('complaints.answeredAt'), value: <Moment at={found.answeredAt} /> } : null,
              { label: t('complaints.resolutionDue'), value: <Moment at={found.resolutionDueAt} /> },
              found.decisionDueAt ? { label: t('complaints.decisionDue'), value: <Moment at={found.decisionDueAt} /> } : null,
            ]}
          />
        </Panel>
      </div>
    </>
  );
}

function ComplaintMoves({ found }: { readonly found: Complaint }) {
  const [opened, setOpened] = useState<ComplaintMove | null>(null);
  const first = found.moves.find(({ move }) => move !== 'withdraw' && move !== 'remark');
  return (
    <div className="actions end">
      <MoveButtons moves={found.moves} primary={first?.move} dangerous={['withdraw']} onChoose={setOpened} />
      {opened ? <ComplaintMoveDialog found={found} move={opened} onDone={() => setOpened(null)} /> : null}
    </div>
  );
}
