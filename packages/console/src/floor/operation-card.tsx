import type { ReactNode } from 'react';
import { useFormat } from '../app/platform.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { useWords } from '../words/words.js';
import type { DispatchItem, FloorMove } from './floor-page.js';

/** What people do here; leaving an operation out is for those who plan. */
const floorMoves: readonly string[] = ['start', 'pause', 'resume', 'finish'];
const isFloorMove = (move: string): move is FloorMove => floorMoves.includes(move);

interface OperationCardProps {
  readonly item: DispatchItem;
  readonly onMove: (move: FloorMove) => void;
  /** Null for those who do not plan. */
  readonly onPrioritise: (() => void) | null;
}

/** One operation of a dispatch list, with buttons for gloves. */
export function OperationCard({ item, onMove, onPrioritise }: OperationCardProps) {
  const { t, say } = useWords();
  const format = useFormat();
  const underWay = item.state === 'in_progress' || item.state === 'paused';
  const maySay = (underWay || Number(item.reworkOpen) > 0) && item.outside?.subOrder == null;
  const done = Number(item.toDo) > 0 ? Math.min(1, Number(item.good) / Number(item.toDo)) : 0;
  return (
    <article className="floor-card" data-operation={item.scanCode} data-state={item.state}>
      <header>
        <div>
          <h2>
            <span className="soft">{item.position}</span> {say(item.words)}
          </h2>
          <p className="mono small">{item.scanCode}</p>
        </div>
        <Badge state={item.state} words={item.stateWords} />
      </header>
      <p>
        {item.description}
        {item.order ? <span className="soft"> · {item.order.ownNumber ?? item.order.number}</span> : null}
      </p>
      <div className="track" aria-hidden="true">
        <span className="fill produced" style={{ width: `${done * 100}%` }} />
      </div>
      <dl className="floor-figures">
        <Figure label={t('floor.done')} value={`${format.number(item.good)} / ${format.quantity(item.toDo, item.unit)}`} />
        <Figure label={t('floor.remaining')} value={format.quantity(item.remaining, item.unit)} />
        {Number(item.scrap) > 0 ? <Figure label={t('production.scrap')} value={format.quantity(item.scrap, item.unit)} /> : null}
        {Number(item.reworkOpen) > 0 ? <Figure label={t('floor.reworkOpen')} value={format.quantity(item.reworkOpen, item.unit)} /> : null}
        {item.plannedSeconds === null ? null : (
          <Figure
            label={t('floor.planned')}
            value={t('floor.minutes', { minutes: format.number(String(Math.ceil(item.plannedSeconds / 60))) })}
          />
        )}
        {item.dueOn ? (
          <Figure
            label={t('orders.due')}
            value={
              <>
                {format.date(item.dueOn)} <LateBy days={format.daysSince(item.dueOn)} />
              </>
            }
          />
        ) : null}
        <Figure label={t('floor.priority')} value={String(item.priority)} />
        <Figure
          label={t('production.equipment')}
          value={
            item.outside ? t('floor.outside', { supplier: item.outside.supplier ?? '' }) : (item.equipment?.name ?? item.workCenter ?? '–')
          }
        />
      </dl>
      {item.pause ? (
        <p className="floor-note">
          {say(item.pause.words)}
          {item.pause.note ? ` · ${item.pause.note}` : ''} <span className="soft">{item.pause.by}</span>
        </p>
      ) : null}
      {item.waitsFor.length > 0 ? (
        <p className="floor-note">
          {t('floor.waitsFor', { operations: item.waitsFor.map(({ position, words }) => `${position} ${say(words)}`).join(', ') })}
        </p>
      ) : null}
      <div className="floor-moves">
        {item.moves.map(({ move, words, allowed }) =>
          isFloorMove(move) && allowed ? (
            <Button
              key={move}
              data-move={move}
              look={move === 'start' || move === 'resume' ? 'primary' : 'plain'}
              onClick={() => onMove(move)}
            >
              {say(words)}
            </Button>
          ) : null,
        )}
        {maySay ? (
          <Button data-move="count" look={underWay ? 'primary' : 'plain'} onClick={() => onMove('count')}>
            {t('floor.count')}
          </Button>
        ) : null}
        {onPrioritise ? (
          <Button data-move="prioritise" aria-label={t('priority.setOf', { operation: say(item.words) })} onClick={onPrioritise}>
            {t('floor.priority')}
          </Button>
        ) : null}
      </div>
    </article>
  );
}

function LateBy({ days }: { readonly days: number }) {
  const { t } = useWords();
  return days > 0 ? <span className="late">{t(days === 1 ? 'outlook.lateOne' : 'outlook.late', { days })}</span> : null;
}

function Figure({ label, value }: { readonly label: string; readonly value: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
