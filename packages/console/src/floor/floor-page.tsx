import { useRef, useState } from 'react';
import type { Client } from '../app/client.js';
import { useLiveState } from '../app/live.js';
import { useMay } from '../app/permissions.js';
import { useAsk, useList, usePlatform } from '../app/platform.js';
import { asProblem, isUnreachable, type Problem } from '../app/problem.js';
import { Empty, ProblemNotice, SkeletonRows, StaleNotice } from '../app/states.js';
import { Button } from '../design/button.js';
import { MoreButton } from '../design/list-foot.js';
import { PageHead } from '../design/page-head.js';
import { ScanField } from '../design/scan-field.js';
import { useWords } from '../words/words.js';
import { MoveDialog } from './move-dialog.js';
import { OperationCard } from './operation-card.js';
import { type Operator, PinDialog } from './pin-dialog.js';
import { PriorityDialog } from './priority-dialog.js';
import './floor.css';

export type Scanned = Awaited<ReturnType<Client['production']['floor']['scan']>>;
export type DispatchItem = Scanned['operations'][number];
export type FloorMove = 'start' | 'pause' | 'resume' | 'finish' | 'count';

interface Opened {
  readonly item: DispatchItem;
  readonly move: FloorMove;
}

const rememberedCenter = 'yunfab.floor.center';

/** The dispatch list of a work center, for a tablet with a scanner: scan, say who you are, move. */
export function FloorPage() {
  const { t } = useWords();
  const [center, setCenter] = useState(() => localStorage.getItem(rememberedCenter) ?? '');
  const [operator, setOperator] = useState<Operator | null>(null);
  const [asking, setAsking] = useState<{ readonly badge: string } | null>(null);
  const [scanned, setScanned] = useState<Scanned | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [prioritised, setPrioritised] = useState<DispatchItem | null>(null);
  const may = useMay();
  const filter = center ? { workCenter: center } : {};
  const list = useList(['production.floor.dispatch', filter], (yunfab, page, options) =>
    yunfab.production.floor.dispatch({ ...filter, ...page }, options),
  );
  const link = useLiveState();
  const unreached = link === 'offline' || (list.problem !== null && isUnreachable(list.problem));
  const choose = (chosen: string) => {
    localStorage.setItem(rememberedCenter, chosen);
    setCenter(chosen);
    setScanned(null);
  };
  const onScanned = (found: Scanned) => {
    if (found.kind === 'badge') setAsking({ badge: found.code });
    else setScanned(found);
  };
  const onMoved = (item: DispatchItem) => {
    setOpened(null);
    setScanned((before) =>
      before ? { ...before, operations: before.operations.map((each) => (each.operation === item.operation ? item : each)) } : null,
    );
    list.again();
  };
  const card = (item: DispatchItem) => (
    <OperationCard
      key={item.operation}
      item={item}
      onMove={(move) => setOpened({ item, move })}
      onPrioritise={may('production.plan') ? () => setPrioritised(item) : null}
    />
  );
  return (
    <div className="floor">
      <PageHead title={t('floor.title')} below={<p className="soft">{t('floor.what')}</p>}>
        <OperatorBadge operator={operator} onIdentify={() => setAsking({ badge: '' })} onLeave={() => setOperator(null)} />
      </PageHead>
      <div className="floor-top">
        <FloorScan listens={opened === null && asking === null && prioritised === null} onFound={onScanned} />
        <CenterChoice center={center} onChoose={choose} />
      </div>
      {unreached && list.items.length > 0 ? (
        <StaleNotice at={list.answeredAt} onRetry={list.again} />
      ) : list.problem ? (
        <ProblemNotice problem={list.problem} onRetry={list.again} />
      ) : null}
      {scanned ? (
        <section className="floor-scanned" aria-label={t('floor.scanned')}>
          <header>
            <h2>
              {t('floor.scannedAs', { code: scanned.code })} {scanned.name ? <span className="soft">{scanned.name}</span> : null}
            </h2>
            <Button icon="close" onClick={() => setScanned(null)} aria-label={t('floor.scanClose')} />
          </header>
          {scanned.operations.length === 0 ? <p className="soft">{t('floor.scannedNothingOpen')}</p> : null}
          <div className="floor-cards">{scanned.operations.map(card)}</div>
        </section>
      ) : null}
      {list.pending ? (
        <SkeletonRows rows={6} />
      ) : list.items.length > 0 ? (
        <div className="floor-cards">{list.items.map(card)}</div>
      ) : list.problem ? null : (
        <Empty title={t('floor.none')} what={t('floor.noneWhat')} sdk="await yunfab.production.floor.dispatch({ workCenter })" />
      )}
      <MoreButton list={list} />
      {prioritised ? (
        <PriorityDialog
          operation={{ ...prioritised, id: prioritised.operation }}
          onDone={() => {
            setPrioritised(null);
            setScanned(null);
            list.again();
          }}
          onCancel={() => setPrioritised(null)}
        />
      ) : null}
      {asking || (opened && !operator) ? (
        <PinDialog
          badge={asking?.badge ?? ''}
          onIdentified={(who) => {
            setOperator(who);
            setAsking(null);
          }}
          onCancel={() => {
            setAsking(null);
            setOpened(null);
          }}
        />
      ) : opened && operator ? (
        <MoveDialog
          {...opened}
          operator={operator}
          onDone={onMoved}
          onIdentityEnded={() => setOperator(null)}
          onCancel={() => setOpened(null)}
        />
      ) : null}
    </div>
  );
}

function OperatorBadge({
  operator,
  onIdentify,
  onLeave,
}: {
  readonly operator: Operator | null;
  readonly onIdentify: () => void;
  readonly onLeave: () => void;
}) {
  const { t } = useWords();
  const { yunfab } = usePlatform();
  if (!operator)
    return (
      <Button icon="person" onClick={onIdentify}>
        {t('floor.identify')}
      </Button>
    );
  const leave = () => {
    // Gone from this screen at once; the platform ends the token by itself when it cannot be reached.
    void yunfab.production.floor.leave({ token: operator.token }).catch(() => undefined);
    onLeave();
  };
  return (
    <Button icon="person" onClick={leave}>
      {t('floor.leave', { name: operator.name })}
    </Button>
  );
}

/** Finds what was scanned; a badge asks for its PIN. */
function FloorScan({ listens, onFound }: { readonly listens: boolean; readonly onFound: (found: Scanned) => void }) {
  const { t } = useWords();
  const { yunfab } = usePlatform();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [waiting, setWaiting] = useState(false);
  /** The scan that counts is the last one, whichever answer comes first. */
  const latest = useRef(0);
  const scan = async (code: string) => {
    latest.current += 1;
    const turn = latest.current;
    setProblem(null);
    setWaiting(true);
    try {
      const found = await yunfab.production.floor.scan({ code });
      if (turn === latest.current) onFound(found);
    } catch (error) {
      if (turn === latest.current) setProblem(asProblem(error));
    } finally {
      if (turn === latest.current) setWaiting(false);
    }
  };
  return (
    <div className="floor-scan">
      <ScanField
        label={t('floor.scan')}
        hint={t('scan.hint')}
        listens={listens}
        waiting={waiting}
        look="primary"
        onScan={(code) => void scan(code)}
      />
      {problem ? <ProblemNotice problem={problem} /> : null}
    </div>
  );
}

function CenterChoice({ center, onChoose }: { readonly center: string; readonly onChoose: (center: string) => void }) {
  const { t } = useWords();
  const { answer } = useAsk(['production.floor.centers', {}], (yunfab, options) => yunfab.production.floor.centers({}, options));
  const known = answer?.items ?? [];
  const shown =
    center && !known.some(({ workCenter }) => workCenter === center) ? [{ workCenter: center, open: 0, underWay: 0 }, ...known] : known;
  return (
    <label className="floor-center">
      <span>{t('floor.center')}</span>
      <select className="input" value={center} onChange={(event) => onChoose(event.target.value)}>
        <option value="">{t('floor.centerAll')}</option>
        {shown.map(({ workCenter, open, underWay }) => (
          <option key={workCenter} value={workCenter}>
            {t('floor.centerOpen', { center: workCenter, open: String(open), underWay: String(underWay) })}
          </option>
        ))}
      </select>
    </label>
  );
}
