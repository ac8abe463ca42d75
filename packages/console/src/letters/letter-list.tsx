import { useEffect, useState } from 'react';
import { useAddressParts } from '../app/address.js';
import { ListTable } from '../app/list-table.js';
import { useMay } from '../app/permissions.js';
import { useAsk, useFormat, useList } from '../app/platform.js';
import { isUnreachable } from '../app/problem.js';
import { Empty, StaleNotice } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Chips } from '../design/chips.js';
import { NewBar } from '../design/list-foot.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import { useSteadyRows } from '../design/steady-rows.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';
import { DiscardForm } from './discard-form.js';
import { QuarantinePanel } from './quarantine-panel.js';
import { useReasonWords, useRemedyWords } from './reasons.js';
import { type Letter, ReplayOutcome, useReplay } from './replay.js';
import { useReplayAll } from './replay-all.js';
import { ReplayAllButton, ReplayAllProgress } from './replay-all-panel.js';

/** Letters make no events: they are counted and listed again so often. */
const lookEveryMs = 4_000;
const mostAtOnce = 100;

/** Messages that could not be stored, why, and what to do about them. */
export function LetterList() {
  const { t } = useWords();
  const format = useFormat();
  const may = useMay();
  const manage = may('equipment.devices');
  const reasonWords = useReasonWords();
  const remedyWords = useRemedyWords();
  const [{ reason, device }, setFilter] = useAddressParts(['reason', 'device']);
  const filter = { ...(reason ? { reason } : {}), ...(device ? { device } : {}) };
  const counts = useAsk(
    ['equipment.deadLetters.counts', filter],
    (yunfab, options) => yunfab.equipment.deadLetters.counts(filter, options),
    { everyMs: lookEveryMs },
  );
  const list = useList(
    ['equipment.deadLetters.list', filter],
    (yunfab, page, options) => yunfab.equipment.deadLetters.list({ ...filter, ...page }, options),
    { everyMs: lookEveryMs },
  );
  const { rows, fresh, showAll } = useSteadyRows(JSON.stringify(filter), list.items, (letter) => letter.id);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [discarding, setDiscarding] = useState<readonly string[] | null>(null);
  const replay = useReplay();
  const ofAll = useReplayAll(() => {
    list.again();
    counts.again();
  });
  useListKeys();

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every replay that has ended
  useEffect(() => {
    if (replay.asked.length > 0 && replay.waiting === 0) {
      list.again();
      counts.again();
    }
  }, [replay.asked, replay.waiting]);

  const ticked = rows.filter(({ id }) => chosen.has(id));
  const replayable = ticked.filter(({ whole, replayAskedAt }) => whole && replayAskedAt === null).map(({ id }) => id);
  const choose = (reasonChosen: string, deviceChosen: string) => {
    setChosen(new Set());
    setFilter({ reason: reasonChosen, device: deviceChosen });
  };
  const stale = list.problem && isUnreachable(list.problem) && rows.length > 0;
  return (
    <>
      <PageHead title={t('letters.title')} below={<p className="soft">{t('letters.what')}</p>} />
      <div className="stack">
        <QuarantinePanel manage={manage} device={device} />
        {counts.answer && counts.answer.letters > 0 ? (
          <div className="actions spread">
            <Chips<string>
              label={t('letters.byReason')}
              value={reason || null}
              onChoose={(value) => choose(value ?? '', device)}
              choices={[
                { value: null, words: t('letters.all', { count: format.number(sum(counts.answer.reasons)) }) },
                ...counts.answer.reasons.map(({ reason: each, letters }) => ({
                  value: each,
                  words: `${reasonWords(each)} ${format.number(letters)}`,
                })),
              ]}
            />
            <label className="actions">
              <span className="soft">{t('devices.device')}</span>
              <select className="input" style={{ width: 'auto' }} value={device} onChange={(event) => choose(reason, event.target.value)}>
                <option value="">{t('letters.everyDevice')}</option>
                {withChosen(counts.answer.devices, device).map(({ device: each, letters }) => (
                  <option key={each} value={each}>
                    {`${each} (${format.number(letters)})`}
                  </option>
                ))}
              </select>
            </label>
          </div>
        ) : null}
        {counts.answer?.more ? <p className="soft">{t('letters.countedNewest', { count: format.number(counts.answer.letters) })}</p> : null}
        {reason && remedyWords(reason) ? <p className="notice">{remedyWords(reason)}</p> : null}
        <ReplayOutcome replay={replay} />
        {ofAll.replay ? <ReplayAllProgress replay={ofAll.replay} onStop={ofAll.stop} onClose={ofAll.forget} /> : null}
        {manage && rows.length > 0 ? (
          <div className="actions" data-chosen={ticked.length}>
            <Button
              look="primary"
              busy={replay.busy}
              disabled={replayable.length === 0 || replayable.length > mostAtOnce}
              onClick={() => void replay.run(replayable).then((done) => done && setChosen(new Set()))}
            >
              {t('letters.replayChosen', { count: replayable.length })}
            </Button>
            <Button
              look="danger"
              disabled={ticked.length === 0 || ticked.length > mostAtOnce}
              onClick={() => setDiscarding(ticked.map(({ id }) => id))}
            >
              {t('letters.discardChosen', { count: ticked.length })}
            </Button>
            {counts.answer ? (
              <ReplayAllButton
                count={inFilter(counts.answer.reasons, reason)}
                more={counts.answer.more}
                running={ofAll.replay?.state === 'running'}
                onStart={() => void ofAll.start(filter, inFilter(counts.answer?.reasons ?? [], reason))}
              />
            ) : null}
            <span className="soft">
              {ticked.length > mostAtOnce
                ? t('letters.tooMany', { most: mostAtOnce })
                : ticked.length > replayable.length
                  ? t('letters.notAllReplayable')
                  : ''}
            </span>
          </div>
        ) : null}
        {stale ? <StaleNotice at={list.answeredAt} onRetry={list.again} /> : null}
        <div className="panel">
          <NewBar count={fresh} onShow={showAll} />
          <ListTable
            list={{ ...list, items: rows, problem: stale ? null : list.problem }}
            label={t('letters.title')}
            keyOf={(letter) => letter.id}
            open={(letter) => `/dead-letters/${letter.id}`}
            {...(manage
              ? {
                  choose: {
                    ...{ chosen, set: setChosen, all: t('letters.chooseAll') },
                    one: (letter: Letter) => t('letters.chooseOne', { device: letter.device, reason: reasonWords(letter.reason) }),
                  },
                }
              : {})}
            columns={[
              { name: 'reason', words: t('letters.reason'), cell: (letter) => reasonWords(letter.reason) },
              {
                name: 'detail',
                words: t('letters.detail'),
                wide: true,
                cell: (letter) => (
                  <span className="soft small letter-detail" title={letter.detail}>
                    {letter.detail}
                  </span>
                ),
              },
              { name: 'device', words: t('devices.device'), cell: (letter) => <span className="mono">{letter.device || '–'}</span> },
              { name: 'count', words: t('letters.times'), number: true, cell: (letter) => format.number(letter.count) },
              { name: 'last', words: t('letters.last'), cell: (letter) => <Moment at={letter.lastAt} /> },
              { name: 'first', words: t('letters.first'), wide: true, cell: (letter) => <Moment at={letter.firstAt} /> },
              {
                name: 'state',
                words: t('letters.state'),
                wide: true,
                cell: (letter) =>
                  letter.replayAskedAt ? (
                    <Badge state="replaying" tone="note" words={t('letters.replaying')} />
                  ) : letter.whole ? (
                    ''
                  ) : (
                    <Badge state="cut" tone="warn" words={t('letters.cut')} />
                  ),
              },
            ]}
            none={
              <Empty
                title={t(reason || device ? 'letters.noneHere' : 'letters.none')}
                what={t('letters.noneWhat')}
                sdk="const { items } = await yunfab.equipment.deadLetters.list()"
              />
            }
          />
        </div>
      </div>
      {discarding ? (
        <DiscardForm
          letters={discarding}
          onCancel={() => setDiscarding(null)}
          onDone={() => {
            setDiscarding(null);
            setChosen(new Set());
          }}
        />
      ) : null}
    </>
  );
}

const sum = (reasons: readonly { readonly letters: number }[]) => reasons.reduce((total, { letters }) => total + letters, 0);

/** The counts by reason are of the chosen device already. */
const inFilter = (reasons: readonly { readonly reason: string; readonly letters: number }[], reason: string) =>
  sum(reasons.filter((each) => reason === '' || each.reason === reason));

/** The chosen device stays in the list when its last letter is gone. */
function withChosen(devices: readonly { readonly device: string; readonly letters: number }[], device: string) {
  return device === '' || devices.some((each) => each.device === device) ? devices : [...devices, { device, letters: 0 }];
}
