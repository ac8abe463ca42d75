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
import { useWords } from '../words/words.js';
import { caseTone } from './case-list.js';
import { type CaseMove, MoveDialog } from './case-moves.js';

export type ServiceCase = Awaited<ReturnType<Client['service']['cases']['get']>>;

/** One case: what happened, what it rests on, what was done, and the moves of this side. */
export function CasePage({ id }: { readonly id: string }) {
  const asked = useAsk(['service.cases.get', { case: id }], (yunfab, options) => yunfab.service.cases.get({ case: id }, options));
  return <Screen asked={asked}>{(found) => <CaseView found={found} />}</Screen>;
}

const pages: Readonly<Record<string, string>> = { unit: '/units/', lot: '/lots/', run: '/runs/' };

function CaseView({ found }: { readonly found: ServiceCase }) {
  const { t, say } = useWords();
  return (
    <>
      <PageHead
        title={found.number}
        badge={<Badge state={found.state} words={found.stateWords} tone={caseTone(found)} />}
        crumbs={
          <>
            <Link href="/cases">{t('cases.title')}</Link>
            <span aria-hidden="true">/</span>
            <Link href={`${pages[found.thing.kind]}${found.thing.id}`}>{found.thing.code}</Link>
          </>
        }
      >
        <CaseMoves found={found} />
      </PageHead>
      <div className="with-side">
        <div className="stack">
          <Panel title={say(found.kindWords)}>
            <p style={{ whiteSpace: 'pre-wrap' }}>{found.symptom}</p>
            {found.cause ? (
              <Facts
                facts={[
                  { label: t('cases.cause'), value: found.cause },
                  { label: t('cases.resolution'), value: found.resolution ?? '–' },
                ]}
              />
            ) : null}
          </Panel>
          <Evidence found={found} />
          <History found={found} />
        </div>
        <Panel title={t('cases.facts')}>
          <Facts
            facts={[
              { label: t('cases.reporter'), value: say(found.reporter.name) },
              { label: t('cases.resolver'), value: say(found.resolver.name) },
              { label: t('cases.owner'), value: found.owner ?? '–' },
              { label: t('cases.dueBy'), value: <Moment at={found.dueBy} /> },
              { label: t('cases.occurredAt'), value: <Moment at={found.occurredAt} /> },
              { label: t('cases.openedAt'), value: <Moment at={found.openedAt} /> },
            ]}
          />
        </Panel>
      </div>
    </>
  );
}

function Evidence({ found }: { readonly found: ServiceCase }) {
  const { t, say } = useWords();
  if (found.evidence.length === 0) return null;
  return (
    <Panel title={t('cases.evidence')}>
      <ul className="remarks">
        {found.evidence.map((each) => (
          <li key={each.id} data-evidence={each.kind}>
            <div>
              <p>{pages[each.kind] ? <Link href={`${pages[each.kind]}${each.id}`}>{say(each.kindWords)}</Link> : say(each.kindWords)}</p>
              <p className="soft small">
                {t(`cases.${each.side}`)} · <Moment at={each.at} />
              </p>
              {each.note ? <p className="soft">{each.note}</p> : null}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function History({ found }: { readonly found: ServiceCase }) {
  const { t, say } = useWords();
  return (
    <Panel title={t('cases.history')}>
      <ul className="remarks">
        {found.history.map((each) => (
          <li key={`${each.at}${each.move}`} data-history={each.move}>
            <div>
              <strong>{say(each.words)}</strong>
              <span className="soft small">
                {' '}
                · {each.by} ({t(`cases.${each.side}`)}) · <Moment at={each.at} />
              </span>
              {each.note ? <p className="soft">{each.note}</p> : null}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function CaseMoves({ found }: { readonly found: ServiceCase }) {
  const [opened, setOpened] = useState<CaseMove | null>(null);
  const [first] = found.moves;
  return (
    <div className="actions end">
      <MoveButtons moves={found.moves} primary={first?.move} dangerous={['reject']} onChoose={setOpened} />
      {opened ? <MoveDialog found={found} move={opened} onDone={() => setOpened(null)} /> : null}
    </div>
  );
}
