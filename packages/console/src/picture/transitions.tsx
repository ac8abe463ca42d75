import { type Asked } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Dialog } from '../design/dialog.js';
import { type BothWords, useWords } from '../words/words.js';
import { type Arrow, placedStates, stateSize } from './transitions-layout.js';

/** A transition table of the platform; `resumed` is the state that was left for this one. */
export interface TransitionTable {
  readonly states: readonly { readonly state: string; readonly words: BothWords }[];
  readonly moves: readonly {
    readonly move: string;
    readonly words: BothWords;
    readonly side?: 'buyer' | 'supplier' | 'either';
    readonly from: readonly { readonly state: string; readonly to: string }[];
  }[];
}

interface TransitionsDialogProps {
  readonly title: string;
  readonly what: string;
  readonly asked: Asked<TransitionTable>;
  /** Where the record stands; null for many records. */
  readonly current: string | null;
  readonly onClose: () => void;
}

/** The platform's own transition table, drawn, with the same below as a table. */
export function TransitionsDialog({ title, what, asked, current, onClose }: TransitionsDialogProps) {
  return (
    <Dialog open wide onOpenChange={(open) => (open ? undefined : onClose())} title={title} what={what}>
      <Screen asked={asked}>
        {(table) => (
          <div className="stack">
            <Drawing title={title} table={table} current={current} />
            <Rows table={table} current={current} />
          </div>
        )}
      </Screen>
    </Dialog>
  );
}

function Drawing({ title, table, current }: { readonly title: string; readonly table: TransitionTable; readonly current: string | null }) {
  const { say } = useWords();
  const drawn = placedStates(
    table.states.map(({ state }) => state),
    arrowsOf(table, say),
  );
  // What leads away from here is drawn last, over the others.
  const arrows = [...drawn.arrows].sort((a, b) => Number(a.from === current) - Number(b.from === current));
  return (
    <div className="table-room">
      <svg
        role="img"
        aria-label={title}
        viewBox={`0 0 ${drawn.width} ${drawn.height}`}
        width="100%"
        style={{ display: 'block', fontSize: 13.5, minWidth: 560, maxWidth: drawn.width }}
      >
        <defs>
          <marker id="arrow-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 L8 4 L0 8 z" fill="var(--text-soft)" />
          </marker>
        </defs>
        {arrows.map(({ from, to, names, path }) => (
          <path
            key={`${from}-${to}`}
            d={path}
            fill="none"
            stroke="var(--text-soft)"
            opacity={current === null || from === current ? 1 : 0.35}
            strokeWidth={from === current ? 1.8 : 1}
            markerEnd="url(#arrow-head)"
          >
            <title>{names.join(', ')}</title>
          </path>
        ))}
        {table.states.map(({ state, words }) => {
          const { x = 0, y = 0 } = drawn.states.get(state) ?? {};
          return (
            <g key={state} data-state={state}>
              <rect
                x={x - stateSize.width / 2}
                y={y - stateSize.height / 2}
                {...stateSize}
                rx={6}
                fill="var(--surface)"
                stroke={state === current ? 'var(--accent)' : 'var(--line-strong)'}
                strokeWidth={state === current ? 2 : 1}
              />
              <text x={x} y={y + 4} textAnchor="middle" fill="var(--text)">
                {say(words)}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

function arrowsOf({ moves }: TransitionTable, say: (words: BothWords) => string): Arrow[] {
  const arrows = new Map<string, Arrow>();
  for (const { words, from } of moves)
    for (const { state, to } of from) {
      if (to === 'resumed' || to === state) continue;
      const key = `${state}-${to}`;
      arrows.set(key, { from: state, to, names: [...(arrows.get(key)?.names ?? []), say(words)] });
    }
  return [...arrows.values()];
}

function Rows({ table, current }: { readonly table: TransitionTable; readonly current: string | null }) {
  const { t, say } = useWords();
  const named = new Map(table.states.map((each) => [each.state, say(each.words)]));
  const sided = table.moves.some(({ side }) => side !== undefined);
  const sides = { either: t('table.either'), buyer: t('orders.buyer'), supplier: t('orders.supplier') };
  const change = ({ state, to }: { readonly state: string; readonly to: string }) => {
    const from = named.get(state) ?? state;
    return to === state ? from : `${from} → ${to === 'resumed' ? t('table.resumed') : (named.get(to) ?? to)}`;
  };
  return (
    <div className="table-room">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('table.move')}</th>
            {sided ? <th scope="col">{t('table.side')}</th> : null}
            <th scope="col">{t('table.change')}</th>
          </tr>
        </thead>
        <tbody>
          {table.moves.map(({ move, words, side, from }) => (
            <tr key={move} data-move={move}>
              <th scope="row">{say(words)}</th>
              {side ? <td>{sides[side]}</td> : null}
              <td>
                <ul className="plain transitions">
                  {from.map((each) => (
                    <li key={each.state} className={current === null || each.state === current ? '' : 'soft'}>
                      {change(each)}
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
