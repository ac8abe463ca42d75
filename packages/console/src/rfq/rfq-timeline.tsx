import { useList } from '../app/platform.js';
import { ProblemNotice, SkeletonRows } from '../app/states.js';
import { MoreButton } from '../design/list-foot.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';

/** What happened to a request or to one invitation, newest first. */
export function RfqTimeline({ of }: { readonly of: { readonly rfq: string } | { readonly invitation: string } }) {
  const { t, say } = useWords();
  const list = useList(['rfq' in of ? 'orders.rfq.timeline' : 'orders.rfq.invitations.timeline', of], (yunfab, page, options) =>
    'rfq' in of
      ? yunfab.orders.rfq.timeline({ ...of, ...page }, options)
      : yunfab.orders.rfq.invitations.timeline({ ...of, ...page }, options),
  );
  return (
    <Panel title={t('timeline.title')}>
      {list.problem ? <ProblemNotice problem={list.problem} onRetry={list.again} /> : null}
      {list.pending ? <SkeletonRows rows={3} /> : null}
      <ol className="timeline" aria-live="polite" aria-relevant="additions">
        {list.items.map((entry) => (
          <li key={entry.id} data-event={entry.type}>
            <span className="what">{say(entry.words)}</span>
            {typeof entry.body['reason'] === 'string' ? <span className="what soft">“{entry.body['reason']}”</span> : null}
            <span className="when">
              <Moment at={entry.at} /> · {entry.actor.label}
            </span>
          </li>
        ))}
      </ol>
      <MoreButton list={list} />
    </Panel>
  );
}
