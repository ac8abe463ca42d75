import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useAddressParts } from '../app/address.js';
import { useAsk, usePlatform } from '../app/platform.js';
import { isUnreachable } from '../app/problem.js';
import { ProblemNotice, SkeletonRows, StaleNotice } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Icon } from '../design/icon.js';
import { Moment } from '../design/time.js';
import { useModelWords } from '../verticals/models.js';
import { useWords } from '../words/words.js';
import { NoEquipment } from './no-equipment.js';
import { rowsOf, standings, type TreeNode, treeOf } from './tree.js';

const lookEveryMs = 5_000;
const tones = { offline: 'bad', outOfRange: 'bad', silent: 'warn', doubtful: 'warn', sending: 'good', never: 'open' } as const;
const levels = ['enterprise', 'site', 'area', 'workCenter'] as const;

/** Equipment by its place (ISA-95), each place as the worst of what is in it. */
export function EquipmentTree() {
  const { t, say } = useWords();
  const { organization } = usePlatform();
  const modelWords = useModelWords();
  const [{ find }, setFind] = useAddressParts(['find']);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const asked = useAsk(['equipment.overview', {}], (yunfab, options) => yunfab.equipment.overview({}, options), { everyMs: lookEveryMs });
  const { answer, problem } = asked;
  const sought = find.trim().toLowerCase();
  const tree = useMemo(() => {
    const items = (answer?.items ?? []).filter(({ code, name, parent, model }) =>
      [code, name, parent, modelWords(model)].some((text) => text.toLowerCase().includes(sought)),
    );
    return treeOf(say(organization.name), items, Date.parse(answer?.asOf ?? ''));
  }, [answer, sought, modelWords, say, organization.name]);
  if (answer?.items.length === 0) return <NoEquipment />;
  const stale = problem && isUnreachable(problem) && answer;
  return (
    <div className="stack">
      {stale ? (
        <StaleNotice at={asked.answeredAt} onRetry={asked.again} />
      ) : problem ? (
        <ProblemNotice problem={problem} onRetry={asked.again} />
      ) : null}
      <input
        className="input"
        type="search"
        style={{ maxWidth: 320 }}
        aria-label={t('equipment.find')}
        placeholder={t('equipment.find')}
        value={find}
        onChange={(event) => setFind({ find: event.target.value })}
      />
      <div className="panel">
        {asked.pending ? <SkeletonRows /> : null}
        {answer && tree.machines === 0 ? <p className="body soft">{t('equipment.notFound')}</p> : null}
        {/* What is sought is shown, whatever was closed before. */}
        {answer && tree.machines > 0 ? <Tree tree={tree} closed={sought === '' ? closed : new Set()} onClose={setClosed} /> : null}
        {answer?.more ? <p className="body soft">{t('equipment.moreThan')}</p> : null}
      </div>
    </div>
  );
}

interface TreeProps {
  readonly tree: TreeNode;
  readonly closed: ReadonlySet<string>;
  readonly onClose: (closed: ReadonlySet<string>) => void;
}

function Tree({ tree, closed, onClose }: TreeProps) {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const room = useRef<HTMLDivElement>(null);
  const rows = rowsOf(tree, closed);
  const [chosen, setChosen] = useState(tree.key);
  const current = rows.some(({ key }) => key === chosen) ? chosen : tree.key;

  const choose = (key: string) => {
    setChosen(key);
    room.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  };
  const turn = (node: TreeNode, open: boolean) =>
    onClose(new Set(open ? [...closed].filter((key) => key !== node.key) : [...closed, node.key]));

  // The keys of the ARIA authoring practices for trees.
  const onKey = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const at = rows.findIndex(({ key }) => key === current);
    const node = rows[at];
    if (!node) return;
    const open = node.item === null && !closed.has(node.key);
    const above = rows.slice(0, at).findLast(({ level }) => level < node.level);
    const next: Readonly<Record<string, () => void>> = {
      ArrowDown: () => choose(rows[Math.min(at + 1, rows.length - 1)]?.key ?? current),
      ArrowUp: () => choose(rows[Math.max(at - 1, 0)]?.key ?? current),
      Home: () => choose(rows[0]?.key ?? current),
      End: () => choose(rows.at(-1)?.key ?? current),
      ArrowRight: () => (node.item ? undefined : open ? choose(rows[at + 1]?.key ?? current) : turn(node, true)),
      ArrowLeft: () => (open ? turn(node, false) : above ? choose(above.key) : undefined),
      Enter: () => (node.item ? navigate(`/equipment/${node.item.id}`) : turn(node, !open)),
    };
    const act = next[{ j: 'ArrowDown', k: 'ArrowUp', ' ': 'Enter' }[event.key] ?? event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  return (
    <div className="tree" role="tree" aria-label={t('equipment.title')} ref={room} onKeyDown={onKey}>
      {rows.map((node) => (
        <Row
          key={node.key}
          node={node}
          open={node.item ? null : !closed.has(node.key)}
          current={node.key === current}
          onChoose={() => setChosen(node.key)}
          onTurn={(open) => turn(node, open)}
        />
      ))}
    </div>
  );
}

interface RowProps {
  readonly node: TreeNode;
  /** Null for a machine. */
  readonly open: boolean | null;
  readonly current: boolean;
  readonly onChoose: () => void;
  readonly onTurn: (open: boolean) => void;
}

function Row({ node, open, current, onChoose, onTurn }: RowProps) {
  const { t } = useWords();
  const modelWords = useModelWords();
  const [, navigate] = useLocation();
  const { item, level, standing } = node;
  const kind = item ? undefined : levels[level];
  return (
    <div
      role="treeitem"
      aria-level={level + 1}
      aria-expanded={open ?? undefined}
      aria-selected={current}
      tabIndex={current ? 0 : -1}
      className="tree-row"
      style={{ paddingInlineStart: 12 + level * 20 }}
      data-key={node.key}
      data-standing={standing}
      onFocus={onChoose}
      onClick={(event) => {
        if ((event.target as Element).closest('a')) return;
        if (item) navigate(`/equipment/${item.id}`);
        else onTurn(!open);
      }}
    >
      <span className="tree-turn">{open === null ? null : <Icon name={open ? 'down' : 'right'} />}</span>
      <span className="tree-name">
        {item ? (
          <Link href={`/equipment/${item.id}`} tabIndex={-1}>
            {item.name}
          </Link>
        ) : (
          <strong>{node.name}</strong>
        )}{' '}
        <span className="soft small">
          {item ? (
            <>
              <span className="mono">{item.code}</span> · {modelWords(item.model)}
            </>
          ) : kind ? (
            t(`equipmentLevel.${kind}`)
          ) : null}
        </span>
      </span>
      <span className="tree-facts">
        {item ? (
          <>
            <span className="soft small tree-when">{item.newestTs === null ? '' : <Moment at={item.newestTs} />}</span>
            <Badge state={standing} tone={tones[standing]} words={t(`standing.${standing}`)} />
          </>
        ) : (
          <>
            {standings
              .filter((each) => (node.counts[each] ?? 0) > 0)
              .map((each) => (
                <Badge key={each} state={each} tone={tones[each]} words={`${node.counts[each]} ${t(`standing.${each}`)}`} />
              ))}
          </>
        )}
      </span>
    </div>
  );
}
