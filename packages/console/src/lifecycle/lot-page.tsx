import { useState } from 'react';
import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useAsk } from '../app/platform.js';
import { Screen, SkeletonRows } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Icon } from '../design/icon.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { Amount, Moment } from '../design/time.js';
import { RunsTable } from '../production/runs-table.js';
import { isPhrase, type Phrase, useWords } from '../words/words.js';
import { ActivityTimeline } from './activity-timeline.js';
import { LotContents } from './lot-contents.js';
import { BlockDialog, ReleaseDialog, UnblockDialog } from './lot-moves.js';
import { PartMoves } from './part-moves.js';

export type Lot = Awaited<ReturnType<Client['lifecycle']['lots']['get']>>;
type Check = Awaited<ReturnType<Client['lifecycle']['lots']['checkRelease']>>;

export function LotPage({ lot: id }: { readonly lot: string }) {
  const asked = useAsk(['lifecycle.lots.get', { lot: id }], (yunfab, options) => yunfab.lifecycle.lots.get({ lot: id }, options));
  return <Screen asked={asked}>{(lot) => <LotView lot={lot} />}</Screen>;
}

function LotView({ lot }: { readonly lot: Lot }) {
  const { t, say } = useWords();
  const check = useAsk(
    ['lifecycle.lots.checkRelease', { lot: lot.id }],
    (yunfab, options) => yunfab.lifecycle.lots.checkRelease({ lot: lot.id }, options),
    { enabled: lot.own },
  );
  return (
    <>
      <PageHead
        title={t('lots.named', { lot: lot.code })}
        badge={<Badge state={lot.state} words={lot.stateWords} />}
        crumbs={
          <>
            {lot.own ? <Link href="/lots">{t('lots.title')}</Link> : <span>{t('lots.madeBy', { maker: say(lot.maker.name) })}</span>}
            <span aria-hidden="true">/</span>
            <Amount value={lot.quantity} unit={lot.unit} />
          </>
        }
      >
        <Link className="button" href={`/trace/${lot.id}`}>
          {t('trace.open')}
        </Link>
        <PartMoves lot={lot} />
        {lot.own ? <LotMoves lot={lot} check={check.answer} /> : null}
      </PageHead>
      <div className="with-side">
        <div className="stack">
          {lot.own ? (
            <Panel title={t('lots.gate')} aside={check.answer ? <Verdict check={check.answer} /> : undefined}>
              <Screen nested asked={check} skeleton={<SkeletonRows rows={3} />}>
                {(answer) => <GateFindings findings={answer.findings} />}
              </Screen>
            </Panel>
          ) : null}
          <LotContents lot={lot.id} />
          {lot.own ? <RunsTable title={t('lots.runs')} filter={{ lot: lot.id }} /> : null}
        </div>
        <div className="stack">
          <Panel title={t('lots.facts')}>
            <Facts
              facts={[
                { label: t('lots.maker'), value: say(lot.maker.name) },
                { label: t('production.good'), value: <Amount value={lot.quantity} unit={lot.unit} /> },
                { label: t('ledger.shipped'), value: <Amount value={lot.shipped} unit={lot.unit} /> },
                lot.used === '0' ? null : { label: t('lots.used'), value: <Amount value={lot.used} unit={lot.unit} /> },
                { label: t('lots.opened'), value: <Moment at={lot.createdAt} /> },
                { label: t('lots.closedAt'), value: lot.closedAt ? <Moment at={lot.closedAt} /> : '–' },
                { label: t('lots.released'), value: lot.releasedAt ? <Moment at={lot.releasedAt} /> : '–' },
              ]}
            />
          </Panel>
          <ActivityTimeline thing={lot.id} />
        </div>
      </div>
    </>
  );
}

function Verdict({ check }: { readonly check: Check }) {
  const { t } = useWords();
  const holds = check.findings.every((finding) => finding.holds);
  return <Badge state="" tone={holds ? 'good' : 'bad'} words={t(holds ? 'lots.gateHolds' : 'lots.gateFails')} />;
}

const evidencePages: Readonly<Record<string, string>> = {
  process_run: '/runs/',
  run: '/runs/',
  equipment: '/equipment/',
  lot: '/lots/',
  unit: '/units/',
  job_order: '/jobs/',
};

/** A lot of a thousand runs names them all; the list of runs below shows the rest. */
const mostEvidence = 12;

/** Each predicate of the gate, whether it holds, why, and what it rests on. */
export function GateFindings({ findings }: { readonly findings: Check['findings'] }) {
  const { t, say } = useWords();
  if (findings.length === 0) return <p className="soft">{t('lots.noPredicates')}</p>;
  return (
    <ul className="findings">
      {findings.map((finding) => (
        <li
          key={finding.predicate}
          className={finding.holds ? 'holds' : 'fails'}
          data-predicate={finding.predicate}
          data-holds={finding.holds}
        >
          <Icon name={finding.holds ? 'check' : 'close'} />
          <div>
            <strong>{say(finding.predicateWords)}</strong>
            <span className="visually-hidden"> – {t(finding.holds ? 'finding.holds' : 'finding.fails')}</span>
            <p className="soft">{say(finding.words)}</p>
            {finding.evidence.length > 0 ? (
              <p className="small actions" style={{ gap: '0 12px' }}>
                <span className="soft">{t('lots.evidence')}</span>
                {finding.evidence.slice(0, mostEvidence).map(({ kind, id }, index) =>
                  evidencePages[kind] ? (
                    <Link key={id} href={evidencePages[kind] + id}>
                      {t('lots.evidenceItem', {
                        kind: isPhrase(`evidenceKind.${kind}`) ? t(`evidenceKind.${kind}` as Phrase) : kind,
                        number: index + 1,
                      })}
                    </Link>
                  ) : (
                    <code key={id}>{id}</code>
                  ),
                )}
                {finding.evidence.length > mostEvidence ? (
                  <span className="soft">{t('lots.moreEvidence', { count: finding.evidence.length - mostEvidence })}</span>
                ) : null}
              </p>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}

type Move = 'release' | 'block' | 'unblock';

function LotMoves({ lot, check }: { readonly lot: Lot; readonly check: Check | undefined }) {
  const { t } = useWords();
  const [opened, setOpened] = useState<Move | null>(null);
  const done = () => setOpened(null);
  const why =
    lot.state === 'open' ? t('lots.closeFirst') : lot.state === 'closed' && check && !check.releasable ? t('lots.gateBlocks') : null;
  return (
    <div>
      <div className="actions end">
        {lot.state === 'open' || lot.state === 'closed' ? (
          <Button
            look="primary"
            aria-disabled={!check?.releasable}
            aria-describedby={why ? 'why-release' : undefined}
            data-move="release"
            onClick={() => (check?.releasable ? setOpened('release') : undefined)}
          >
            {t('lots.release')}
          </Button>
        ) : null}
        {lot.state === 'blocked' ? (
          <Button data-move="unblock" onClick={() => setOpened('unblock')}>
            {t('lots.unblock')}
          </Button>
        ) : lot.state === 'shipped' ? null : (
          <Button look="danger" data-move="block" onClick={() => setOpened('block')}>
            {t('lots.block')}
          </Button>
        )}
      </div>
      {why ? (
        <p id="why-release" className="soft small" style={{ textAlign: 'end', marginTop: 4 }}>
          {why}
        </p>
      ) : null}
      {opened === 'release' ? <ReleaseDialog lot={lot} onDone={done} /> : null}
      {opened === 'block' ? <BlockDialog lot={lot} onDone={done} /> : null}
      {opened === 'unblock' ? <UnblockDialog lot={lot} onDone={done} /> : null}
    </div>
  );
}
