import { useState } from 'react';
import { useList } from '../app/platform.js';
import { useHere } from '../app/session.js';
import { ProblemNotice, SkeletonRows } from '../app/states.js';
import { Button } from '../design/button.js';
import { MoreButton } from '../design/list-foot.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';
import { Evidence } from './evidence.js';

/** What happened, newest first; every line opens what it rests on. */
export function Timeline({ order }: { readonly order: string }) {
  const { t, say } = useWords();
  const { organization } = useHere();
  const list = useList(['orders.timeline', { order }], (yunfab, page, options) => yunfab.orders.timeline({ order, ...page }, options));
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <Panel title={t('timeline.title')}>
      {list.problem ? <ProblemNotice problem={list.problem} onRetry={list.again} /> : null}
      {list.pending ? <SkeletonRows rows={4} /> : null}
      <ol className="timeline" aria-live="polite" aria-relevant="additions">
        {list.items.map((entry) => (
          <li key={entry.id} className={entry.organization.code === organization.code ? 'mine' : ''} data-event={entry.type}>
            <span className="what">{say(entry.words)}</span>
            <span className="when">
              <Moment at={entry.at} /> · {say(entry.organization.name)} · {entry.actor.label}
            </span>
            <div>
              <Button
                look="quiet"
                className="small"
                style={{ marginInlineStart: -8, minHeight: 24 }}
                aria-expanded={opened === entry.id}
                onClick={() => setOpened(opened === entry.id ? null : entry.id)}
              >
                {t(opened === entry.id ? 'timeline.close' : 'timeline.evidence')}
                <span className="visually-hidden">: {say(entry.words)}</span>
              </Button>
            </div>
            {opened === entry.id ? <Evidence id={entry.id} type={entry.type} actor={entry.actor} at={entry.at} body={entry.body} /> : null}
          </li>
        ))}
      </ol>
      <MoreButton list={list} />
    </Panel>
  );
}
