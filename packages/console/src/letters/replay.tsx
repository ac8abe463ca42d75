import { useEffect, useState } from 'react';
import type { Client } from '../app/client.js';
import { useAsk, useCommand } from '../app/platform.js';
import { ProblemNotice } from '../app/states.js';
import { Icon } from '../design/icon.js';
import { useWords } from '../words/words.js';
import { useReasonWords } from './reasons.js';

export type Letter = Awaited<ReturnType<Client['equipment']['deadLetters']['list']>>['items'][number];

interface Asked {
  readonly letters: readonly string[];
  readonly turn: number;
  readonly at: number;
}

const lookEveryMs = 1_000;
/** A gateway takes replays up every second; when none has for so long, none may be running. */
const longMs = 15_000;

/** Asks for replays and follows what becomes of them: stored, refused again, or still waiting. */
export function useReplay() {
  const [asked, setAsked] = useState<Asked | null>(null);
  const command = useCommand(
    (yunfab, letters: readonly string[], options) => yunfab.equipment.deadLetters.replay({ letters: [...letters] }, options),
    ['equipment.deadLetters'],
  );
  const [settled, setSettled] = useState(false);
  const standing = useAsk(
    ['equipment.deadLetters.standing', asked],
    (yunfab, options) => yunfab.equipment.deadLetters.standing({ letters: [...(asked?.letters ?? [])] }, options),
    { enabled: asked !== null, everyMs: asked && !settled ? lookEveryMs : false },
  );
  const items = standing.answer?.items;
  const waiting = items?.filter(({ replayAskedAt }) => replayAskedAt !== null).length ?? asked?.letters.length ?? 0;
  const refused = items?.filter(({ replayAskedAt }) => replayAskedAt === null) ?? [];
  const stored = asked && items ? asked.letters.length - items.length : 0;
  useEffect(() => setSettled(items !== undefined && waiting === 0), [items, waiting]);
  return {
    ...{ waiting, refused, stored },
    asked: asked?.letters ?? [],
    problem: command.problem,
    busy: command.busy,
    late: asked !== null && waiting > 0 && standing.answeredAt - asked.at > longMs,
    run: async (letters: readonly string[]) => {
      if ((await command.run(letters)) === null) return false;
      setSettled(false);
      setAsked({ letters, turn: (asked?.turn ?? 0) + 1, at: Date.now() });
      return true;
    },
  };
}

export function ReplayOutcome({ replay }: { readonly replay: ReturnType<typeof useReplay> }) {
  const { t, locale } = useWords();
  const reasonWords = useReasonWords();
  const { asked, waiting, refused, stored, late, problem } = replay;
  const reasons = [...new Set(refused.map(({ reason }) => reason))];
  return (
    <>
      {problem ? <ProblemNotice problem={problem} /> : null}
      <div role="status">
        {asked.length > 0 ? (
          <div
            className={`notice ${waiting > 0 ? '' : refused.length > 0 ? 'warn' : 'good'}`}
            data-replay={waiting > 0 ? 'waiting' : 'done'}
          >
            <Icon name={waiting > 0 ? 'loading' : refused.length > 0 ? 'warning' : 'check'} spin={waiting > 0} />
            <div>
              <p>
                {[
                  waiting > 0 ? t('letters.waiting', { count: waiting }) : '',
                  stored > 0 ? t('letters.stored', { count: stored }) : '',
                  refused.length > 0
                    ? t('letters.refusedAgain', {
                        count: refused.length,
                        reasons: new Intl.ListFormat(locale, { type: 'unit' }).format(reasons.map(reasonWords)),
                      })
                    : '',
                ]
                  .filter(Boolean)
                  .join(' ')}
              </p>
              {late ? <p className="soft">{t('letters.late')}</p> : null}
            </div>
          </div>
        ) : null}
      </div>
    </>
  );
}
