import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { Link, useLocation } from 'wouter';

export interface Column<Row> {
  readonly name: string;
  readonly words: ReactNode;
  readonly number?: boolean;
  /** Left out where there is no room. */
  readonly wide?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

export interface RecordTableProps<Row> {
  readonly label: string;
  readonly columns: readonly [Column<Row>, ...Column<Row>[]];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Where a row leads; its first cell becomes the link. */
  readonly open?: (row: Row) => string;
  readonly choose?: Choosing<Row>;
}

/** Rows that are ticked to do something to all of them. */
export interface Choosing<Row> {
  readonly chosen: ReadonlySet<string>;
  readonly set: (keys: ReadonlySet<string>) => void;
  readonly all: string;
  readonly one: (row: Row) => string;
}

/** A table whose rows are walked with j and k (or the arrows) and opened with enter. */
export function RecordTable<Row>({ label, columns, rows, keyOf, open, choose }: RecordTableProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [, navigate] = useLocation();

  const walk = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    const step = event.key === 'j' || event.key === 'ArrowDown' ? 1 : event.key === 'k' || event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || !body.current) return;
    const links = [...body.current.querySelectorAll<HTMLAnchorElement>('a[data-row]')];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const next = links[Math.max(0, Math.min(links.length - 1, at + step))];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  return (
    // The keys serve the links inside; the region itself is only a place to scroll.
    <div className="table-room" role="group" aria-label={label} tabIndex={0} onKeyDown={walk} data-walk>
      <table className="table">
        <thead>
          <tr>
            {choose ? <ChooseAll choose={choose} keys={rows.map(keyOf)} /> : null}
            {columns.map((column) => (
              <th key={column.name} scope="col" className={classOf(column)}>
                {column.words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row) => {
            const to = open?.(row);
            return (
              <tr
                key={keyOf(row)}
                data-opens={to ? '' : undefined}
                onClick={(event) => {
                  if (to && !(event.target as Element).closest('a, button, input') && !getSelection()?.toString()) navigate(to);
                }}
              >
                {choose ? <ChooseOne choose={choose} row={row} name={keyOf(row)} /> : null}
                {columns.map((column, index) => (
                  <td key={column.name} className={index === 0 ? 'main-cell' : classOf(column)}>
                    {index === 0 && to ? (
                      <Link href={to} data-row>
                        {column.cell(row)}
                      </Link>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function ChooseAll<Row>({ choose: { chosen, set, all }, keys }: { readonly choose: Choosing<Row>; readonly keys: readonly string[] }) {
  const every = keys.length > 0 && keys.every((key) => chosen.has(key));
  return (
    <th scope="col" className="tick">
      <input type="checkbox" aria-label={all} checked={every} onChange={() => set(new Set(every ? [] : keys))} />
    </th>
  );
}

function ChooseOne<Row>({
  choose: { chosen, set, one },
  row,
  name,
}: {
  readonly choose: Choosing<Row>;
  readonly row: Row;
  readonly name: string;
}) {
  const ticked = chosen.has(name);
  return (
    <td className="tick">
      <input
        type="checkbox"
        aria-label={one(row)}
        checked={ticked}
        onChange={() => set(new Set(ticked ? [...chosen].filter((each) => each !== name) : [...chosen, name]))}
      />
    </td>
  );
}

function classOf<Row>({ number, wide }: Column<Row>): string | undefined {
  return [number ? 'number' : '', wide ? 'narrow-hide' : ''].filter(Boolean).join(' ') || undefined;
}

/** Whether keys belong to a field just now. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
