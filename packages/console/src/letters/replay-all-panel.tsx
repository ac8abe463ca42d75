import { useState } from 'react';
import { useFormat } from '../app/platform.js';
import { ProblemNotice } from '../app/states.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { Icon } from '../design/icon.js';
import { useWords } from '../words/words.js';
import { useReasonWords } from './reasons.js';
import type { ReplayOfAll } from './replay-all.js';

interface ReplayAllButtonProps {
  /** How many letters the filter holds; `more` when there are more than were counted. */
  readonly count: number;
  readonly more: boolean;
  readonly running: boolean;
  readonly onStart: () => void;
}

/** Says how many, and what becomes of them, before anything is done. */
export function ReplayAllButton({ count, more, running, onStart }: ReplayAllButtonProps) {
  const { t } = useWords();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const many = `${format.number(count)}${more ? '+' : ''}`;
  return (
    <>
      <Button disabled={running || count === 0} onClick={() => setAsking(true)} data-replay-all>
        {t('letters.replayAll', { count: many })}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={t('letters.replayAllTitle', { count: many })}
        what={t('letters.replayAllEffect')}
      >
        <div className="actions end">
          <Button onClick={() => setAsking(false)}>{t('form.cancel')}</Button>
          <Button
            look="primary"
            onClick={() => {
              setAsking(false);
              onStart();
            }}
          >
            {t('letters.replayAllSubmit')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}

/** A gateway takes replays up every second; when nothing has come of one for so long, none may be running. */
const longMs = 15_000;

interface ReplayAllProgressProps {
  readonly replay: ReplayOfAll;
  readonly onStop: () => void;
  readonly onClose: () => void;
}

export function ReplayAllProgress({ replay, onStop, onClose }: ReplayAllProgressProps) {
  const { t } = useWords();
  const format = useFormat();
  const reasonWords = useReasonWords();
  const { state, stored, refused, leftOut, waiting, of, problem, movedAt } = replay;
  const refusals = Object.entries(refused).sort(([, a], [, b]) => b - a);
  const again = refusals.reduce((total, [, count]) => total + count, 0);
  const done = stored + again + leftOut;
  const running = state === 'running';
  return (
    <div className={`notice ${running ? '' : again > 0 || state !== 'done' ? 'warn' : 'good'}`} data-replay-all-state={state}>
      <Icon name={running ? 'loading' : again > 0 || state !== 'done' ? 'warning' : 'check'} spin={running} />
      <div className="stack" style={{ flex: 1, gap: 6 }}>
        <p role="status">
          {[
            t(`replayAll.${state}`, { done: format.number(done), of: format.number(Math.max(of, done)) }),
            stored > 0 ? t('letters.stored', { count: format.number(stored) }) : '',
            leftOut > 0 ? t('letters.leftOut', { count: format.number(leftOut) }) : '',
          ]
            .filter(Boolean)
            .join(' ')}
        </p>
        <progress style={{ width: '100%' }} max={Math.max(of, done, 1)} value={done} aria-label={t('letters.replay')} />
        {again > 0 ? (
          <div>
            <p>{t('letters.refusedOf', { count: format.number(again) })}</p>
            <ul>
              {refusals.map(([reason, count]) => (
                <li key={reason}>
                  {reasonWords(reason)} <strong>{format.number(count)}</strong>
                </li>
              ))}
            </ul>
          </div>
        ) : null}
        {running && waiting > 0 && Date.now() - movedAt > longMs ? <p className="soft">{t('letters.late')}</p> : null}
        {problem ? <ProblemNotice problem={problem} /> : null}
        <div className="actions">
          {running ? <Button onClick={onStop}>{t('letters.stop')}</Button> : <Button onClick={onClose}>{t('letters.close')}</Button>}
        </div>
      </div>
    </div>
  );
}
