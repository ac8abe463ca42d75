import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useMay } from '../app/permissions.js';
import { useAsk, useFormat } from '../app/platform.js';
import { isNotFound } from '../app/problem.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';
import { DiscardForm } from './discard-form.js';
import { PayloadView } from './payload-view.js';
import { useReasonWords, useRemedyWords } from './reasons.js';
import { ReplayOutcome, useReplay } from './replay.js';

const lookEveryMs = 4_000;

export function LetterPage({ letter: id }: { readonly letter: string }) {
  const { t } = useWords();
  const format = useFormat();
  const may = useMay();
  const [, navigate] = useLocation();
  const reasonWords = useReasonWords();
  const remedyWords = useRemedyWords();
  const replay = useReplay();
  const [discarding, setDiscarding] = useState(false);
  const stored = replay.stored > 0;
  const asked = useAsk(
    ['equipment.deadLetters.get', { letter: id }],
    (yunfab, options) => yunfab.equipment.deadLetters.get({ letter: id }, options),
    { everyMs: stored ? false : lookEveryMs },
  );
  const crumbs = <Link href="/dead-letters">{t('letters.title')}</Link>;
  // What this page has just had stored is no letter any more: that is the outcome, not a missing page.
  if (stored && (asked.answer === undefined || (asked.problem && isNotFound(asked.problem))))
    return (
      <>
        <PageHead title={t('letters.isStored')} crumbs={crumbs} />
        <ReplayOutcome replay={replay} />
      </>
    );
  return (
    <Screen asked={asked}>
      {(letter) => (
        <>
          <PageHead
            title={reasonWords(letter.reason)}
            badge={
              stored ? (
                <Badge state="stored" tone="good" words={t('letters.isStored')} />
              ) : letter.replayAskedAt ? (
                <Badge state="replaying" tone="note" words={t('letters.replaying')} />
              ) : undefined
            }
            crumbs={crumbs}
            below={<p className="soft wrap">{letter.detail}</p>}
          >
            {may('equipment.devices') && !stored ? (
              <>
                <Button
                  look="primary"
                  data-move="replay"
                  busy={replay.busy || replay.waiting > 0}
                  disabled={!letter.whole}
                  title={letter.whole ? undefined : t('letters.cutNoReplay')}
                  onClick={() => void replay.run([id])}
                >
                  {t('letters.replay')}
                </Button>
                <Button look="danger" data-move="discard" onClick={() => setDiscarding(true)}>
                  {t('letters.discard')}
                </Button>
              </>
            ) : null}
          </PageHead>
          <div className="stack">
            <ReplayOutcome replay={replay} />
            {remedyWords(letter.reason) && !stored ? <p className="notice">{remedyWords(letter.reason)}</p> : null}
          </div>
          <div className="with-side" style={{ marginTop: 16 }}>
            <PayloadView letter={letter} />
            <Panel title={t('letter.facts')}>
              <Facts
                facts={[
                  {
                    label: t('devices.device'),
                    value: letter.device ? (
                      <Link className="mono" href={`/dead-letters?device=${letter.device}`}>
                        {letter.device}
                      </Link>
                    ) : (
                      '–'
                    ),
                  },
                  { label: t('letters.times'), value: format.number(letter.count) },
                  { label: t('letters.first'), value: <Moment at={letter.firstAt} /> },
                  { label: t('letters.last'), value: <Moment at={letter.lastAt} /> },
                  { label: t('letter.size'), value: t('letter.bytes', { count: format.number(letter.size) }) },
                  { label: t('letters.reason'), value: <code>{letter.reason}</code> },
                  { label: t('letter.topic'), value: <span className="mono wrap">{letter.topic}</span> },
                ]}
              />
            </Panel>
          </div>
          {discarding ? (
            <DiscardForm letters={[id]} onCancel={() => setDiscarding(false)} onDone={() => navigate('/dead-letters')} />
          ) : null}
        </>
      )}
    </Screen>
  );
}
