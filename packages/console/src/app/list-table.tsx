import type { ReactNode } from 'react';
import { KeptFrom, MoreButton, NewBar } from '../design/list-foot.js';
import { RecordTable, type RecordTableProps } from '../design/record-table.js';
import { useSteadyRows } from '../design/steady-rows.js';
import type { Listed } from './platform.js';
import { ProblemNotice, SkeletonRows } from './states.js';

/** Pages of a list, or an answer that has no more than it shows. */
type Rows<Row> = Pick<Listed<Row>, 'items' | 'problem' | 'pending' | 'again'> &
  Partial<Pick<Listed<Row>, 'more' | 'loadingMore' | 'keptFrom'>>;

interface ListTableProps<Row> extends Omit<RecordTableProps<Row>, 'rows'> {
  readonly list: Rows<Row>;
  /** As many as will probably come. */
  readonly skeletonRows?: number;
  /** In place of a table without rows. */
  readonly none?: ReactNode;
}

/** A list in all its states: refused, not yet, here, none; and more of it to ask for. */
export function ListTable<Row>({ list, skeletonRows = 8, none = null, ...table }: ListTableProps<Row>) {
  return (
    <>
      {list.problem ? (
        <div className="body">
          <ProblemNotice problem={list.problem} onRetry={list.again} />
        </div>
      ) : null}
      {list.pending ? (
        <SkeletonRows rows={skeletonRows} />
      ) : list.items.length > 0 ? (
        <RecordTable {...table} rows={list.items} />
      ) : list.problem ? null : (
        none
      )}
      <MoreButton list={list} />
      <KeptFrom list={list} />
    </>
  );
}

interface SteadyListTableProps<Row> extends ListTableProps<Row> {
  /** What the list is filtered by: a change of it begins anew. */
  readonly of: string;
}

/** The same for a list that changes while it is looked at: its rows stay where they are, and new ones wait above. */
export function SteadyListTable<Row>({ of, ...props }: SteadyListTableProps<Row>) {
  const { rows, fresh, showAll } = useSteadyRows(of, props.list.items, props.keyOf);
  return (
    <>
      <NewBar count={fresh} onShow={showAll} />
      <ListTable {...props} list={{ ...props.list, items: rows }} />
    </>
  );
}
