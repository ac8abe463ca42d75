import { useState } from 'react';
import { useFormat, useList } from '../app/platform.js';
import { useHere } from '../app/session.js';
import { ProblemNotice, SkeletonRows } from '../app/states.js';
import { MoreButton } from '../design/list-foot.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';
import { Evidence } from './evidence.js';
import { grouped, quantitiesOf, type TimelineGroup } from './timeline-groups.js';

/** What happened, newest first; every line opens what it rests on. */
export function Timeline({ order }: { readonly order: string }) {
  const { t } = useWords();
  const list = useList(['orders.timeline', { order }], (yunfab, page, options) =>
    yunfab.orders.timeline({ order, limit: 100, ...page }, options),
  );
  return (
    <Panel title={t('timeline.title')}>
      {list.problem ? <ProblemNotice problem={list.problem} onRetry={list.again} /> : null}
      {list.pending ? <SkeletonRows rows={4} /> : null}
      <ol className="timeline" aria-live="polite" aria-relevant="additions">
        {grouped(list.items).map((group) => (
          <Happened key={group.key} group={group} />
        ))}
      </ol>
      <MoreButton list={list} />
    </Panel>
  );
}

function Happened({ group: { newest, oldest, entries } }: { readonly group: TimelineGroup }) {
  const { t, say } = useWords();
  const format = useFormat();
  const { organization } = useHere();
  const [opened, setOpened] = useState(false);
  const quantities = quantitiesOf(entries);
  const reason = newest.body['reason'];
  return (
    <li className={newest.organization.code === organization.code ? 'mine' : ''} data-event={newest.type}>
      <span className="what">
        {say(newest.words)}
        {quantities.map(({ name, unit, value }) => (
          <span key={name + unit}>
            {' · '}
            {name === 'quantity' ? '' : `${t(`timeline.${name}`)} `}
            <strong className="nowrap">{format.quantity(String(value), unit)}</strong>
          </span>
        ))}
      </span>
      {typeof reason === 'string' && reason ? <span className="what soft">“{reason}”</span> : null}
      <span className="when">
        {entries.length > 1 ? (
          <>
            <Moment at={oldest.at} /> – <Moment at={newest.at} />
          </>
        ) : (
          <Moment at={newest.at} />
        )}
        {' · '}
        {say(newest.organization.name)} · {newest.actor.label}
      </span>
      <div>
        <button
          type="button"
          className="link-button small"
          style={{ minHeight: 24 }}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {opened ? t('timeline.close') : entries.length > 1 ? t('timeline.evidenceOf', { count: entries.length }) : t('timeline.evidence')}
          <span className="visually-hidden">: {say(newest.words)}</span>
        </button>
      </div>
      {opened
        ? entries.map((entry) => (
            <Evidence key={entry.id} id={entry.id} type={entry.type} actor={entry.actor} at={entry.at} body={entry.body} />
          ))
        : null}
    </li>
  );
}
