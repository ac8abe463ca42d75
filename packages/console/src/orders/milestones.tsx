import { useFormat } from '../app/platform.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';
import type { Order } from './order-page.js';

export function Milestones({ order: { milestones } }: { readonly order: Order }) {
  const { t } = useWords();
  const format = useFormat();
  if (milestones.length === 0) return null;
  return (
    <Panel title={t('milestone.title')}>
      <ol className="stack" style={{ gap: 8, listStyle: 'none', padding: 0, margin: 0 }}>
        {milestones.map(({ id, name, dueOn, reachedAt, reachedNote, confirmedAt }) => (
          <li key={id} className="actions" style={{ justifyContent: 'space-between' }} data-milestone={name}>
            <span>
              {name} <span className="soft small">{t('milestone.open', { date: format.date(dueOn) })}</span>
              {reachedNote ? <span className="soft small"> “{reachedNote}”</span> : null}
            </span>
            <span className="soft">
              {confirmedAt ? t('milestone.confirmed') : reachedAt ? t('milestone.reached') : '–'}{' '}
              {confirmedAt || reachedAt ? <Moment at={confirmedAt ?? reachedAt ?? ''} /> : null}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
