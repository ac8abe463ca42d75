import { Link } from 'wouter';
import { useFormat, useList } from '../app/platform.js';
import { ProblemNotice, SkeletonRows } from '../app/states.js';
import { MoreButton } from '../design/list-foot.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';
import { type Activity, ThingLink } from './thing.js';

/** What befell a lot or a unit, newest first, with what else took part in it and what it rests on. */
export function ActivityTimeline({ thing }: { readonly thing: string }) {
  const { t } = useWords();
  const list = useList(['lifecycle.activities.list', { thing }], (yunfab, page, options) =>
    yunfab.lifecycle.activities.list({ thing, limit: 20, ...page }, options),
  );
  return (
    <Panel title={t('activity.title')}>
      {list.problem ? <ProblemNotice problem={list.problem} onRetry={list.again} /> : null}
      {list.pending ? <SkeletonRows rows={3} /> : null}
      {!list.pending && !list.problem && list.items.length === 0 ? <p className="soft">{t('activity.none')}</p> : null}
      <ol className="timeline" aria-live="polite" aria-relevant="additions">
        {list.items.map((activity) => (
          <Happened key={activity.id} activity={activity} thing={thing} />
        ))}
      </ol>
      <MoreButton list={list} />
    </Panel>
  );
}

function Happened({ activity, thing }: { readonly activity: Activity; readonly thing: string }) {
  const { t, say } = useWords();
  const format = useFormat();
  const others = activity.things.filter((part) => part.thing.node !== thing);
  // What was shipped or inspected together has nothing more to do with each other.
  const joined = activity.things.some(({ role }) => role === 'output') ? others : [];
  const beside = others.length - joined.length;
  return (
    <li className={activity.own ? 'mine' : ''} data-activity={activity.kind}>
      <span className="what">
        {say(activity.kindWords)}
        {activity.receiver ? ` → ${say(activity.receiver.name)}` : ''}
        {activity.place ? ` · ${activity.place}` : ''}
      </span>
      {activity.note ? <span className="what soft">“{activity.note}”</span> : null}
      {beside > 0 ? (
        <span className="what small soft">{t(activity.cut ? 'activity.withMore' : 'activity.with', { count: beside })}</span>
      ) : null}
      {joined.map((part) => (
        <span key={`${part.role} ${part.thing.node} ${part.position ?? ''}`} className="what small">
          <span className="soft">{t(part.role === 'input' ? 'activity.input' : 'activity.output')}</span> <ThingLink thing={part.thing} />
          {part.position ? ` · ${part.position}` : ''}
          {part.thing.kind === 'lot' && part.quantity.value !== '0' ? ` · ${format.quantity(part.quantity.value, part.quantity.unit)}` : ''}
        </span>
      ))}
      {activity.cut && joined.length > 0 ? <span className="what small soft">{t('activity.more')}</span> : null}
      <span className="when">
        <Moment at={activity.at} /> · {say(activity.performer.name)} · {activity.recordedBy}
      </span>
      {activity.own && (activity.run || activity.equipment) ? (
        <span className="actions small">
          {activity.run ? <Link href={`/runs/${activity.run}`}>{t('evidenceKind.process_run')}</Link> : null}
          {activity.equipment ? <Link href={`/equipment/${activity.equipment}`}>{t('evidenceKind.equipment')}</Link> : null}
        </span>
      ) : null}
    </li>
  );
}
