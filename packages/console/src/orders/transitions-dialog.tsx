import type { Client } from '../app/client.js';
import { useAsk } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Dialog } from '../design/dialog.js';
import { useWords } from '../words/words.js';

type Table = Awaited<ReturnType<Client['orders']['transitions']>>;
type State = Table['states'][number]['state'];

const room = { width: 96, height: 32, across: 124, down: 56 };

/** Each state in the column of how many moves away from the first it is. */
function placed({ states, moves }: Table): ReadonlyMap<State, { readonly x: number; readonly y: number }> {
  const column = new Map<State, number>(states.slice(0, 1).map(({ state }) => [state, 0]));
  for (let grown = true; grown; ) {
    grown = false;
    for (const { from } of moves)
      for (const { state, to } of from) {
        const at = column.get(state);
        if (at === undefined || to === 'resumed' || column.has(to)) continue;
        column.set(to, at + 1);
        grown = true;
      }
  }
  const filled = new Map<number, number>();
  return new Map(
    states.map(({ state }) => {
      const x = column.get(state) ?? 0;
      const y = filled.get(x) ?? 0;
      filled.set(x, y + 1);
      return [state, { x, y }];
    }),
  );
}

/** The platform's own transition table, drawn, with the same below as a table. */
export function TransitionsDialog({ current, onClose }: { readonly current: State; readonly onClose: () => void }) {
  const { t } = useWords();
  const asked = useAsk(['orders.transitions', {}], (yunfab, options) => yunfab.orders.transitions({}, options));
  return (
    <Dialog open wide onOpenChange={(open) => (open ? undefined : onClose())} title={t('table.open')} what={t('table.what')}>
      <Screen asked={asked}>
        {(table) => (
          <div className="stack">
            <TransitionDrawing table={table} current={current} />
            <TransitionRows table={table} />
          </div>
        )}
      </Screen>
    </Dialog>
  );
}

function TransitionDrawing({ table, current }: { readonly table: Table; readonly current: State }) {
  const { t, say } = useWords();
  const places = placed(table);
  const columns = Math.max(...[...places.values()].map(({ x }) => x)) + 1;
  const rows = Math.max(...[...places.values()].map(({ y }) => y)) + 1;
  const arrows = new Map<string, { from: State; to: State; names: string[] }>();
  for (const { words, from } of table.moves)
    for (const { state, to } of from) {
      if (to === 'resumed' || to === state) continue;
      const key = `${state}-${to}`;
      const arrow = arrows.get(key) ?? { from: state, to, names: [] };
      arrow.names.push(say(words));
      arrows.set(key, arrow);
    }
  const spot = (state: State) => {
    const { x = 0, y = 0 } = places.get(state) ?? {};
    return { x: x * room.across + 4, y: y * room.down + 4 };
  };
  return (
    <div className="table-room">
      <svg
        role="img"
        aria-label={t('table.open')}
        width={columns * room.across}
        height={rows * room.down}
        style={{ display: 'block', fontSize: 12 }}
      >
        <defs>
          <marker id="arrow-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 L8 4 L0 8 z" fill="var(--text-soft)" />
          </marker>
        </defs>
        {[...arrows.values()].map(({ from, to, names }) => {
          const [a, b] = [spot(from), spot(to)];
          const ahead = b.x > a.x;
          const start = {
            x: ahead ? a.x + room.width : a.x + room.width / 2,
            y: ahead ? a.y + room.height / 2 : a.y + (b.y >= a.y ? room.height : 0),
          };
          const end = { x: ahead ? b.x : b.x + room.width / 2, y: ahead ? b.y + room.height / 2 : b.y + (b.y >= a.y ? 0 : room.height) };
          const bend = (end.x - start.x) / 2;
          return (
            <path
              key={`${from}-${to}`}
              d={`M${start.x} ${start.y} C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`}
              fill="none"
              stroke="var(--text-soft)"
              opacity={from === current ? 1 : 0.35}
              strokeWidth={from === current ? 1.6 : 1}
              markerEnd="url(#arrow-head)"
            >
              <title>{names.join(', ')}</title>
            </path>
          );
        })}
        {table.states.map(({ state, words }) => {
          const { x, y } = spot(state);
          return (
            <g key={state} data-state={state}>
              <rect
                {...{ x, y, width: room.width, height: room.height, rx: 6 }}
                fill="var(--surface)"
                stroke={state === current ? 'var(--accent)' : 'var(--line)'}
                strokeWidth={state === current ? 2 : 1}
              />
              <text x={x + room.width / 2} y={y + room.height / 2 + 4} textAnchor="middle" fill="var(--text)">
                {say(words)}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

function TransitionRows({ table }: { readonly table: Table }) {
  const { t, say } = useWords();
  const words = new Map(table.states.map((each) => [each.state as string, say(each.words)]));
  const side = (of: Table['moves'][number]['side']) =>
    of === 'either' ? t('table.either') : t(of === 'buyer' ? 'orders.buyer' : 'orders.supplier');
  return (
    <div className="table-room">
      <table className="table">
        <thead>
          <tr>
            {(['move', 'side', 'from', 'to'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`table.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.moves.flatMap((move) =>
            move.from.map(({ state, to }) => (
              <tr key={`${move.move}-${state}`}>
                <td>{say(move.words)}</td>
                <td>{side(move.side)}</td>
                <td>{words.get(state)}</td>
                <td>{to === 'resumed' ? t('table.resumed') : words.get(to)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}
