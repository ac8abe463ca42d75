import { procedureAt } from '../app/client.js';
import { type PageOf, useList } from '../app/platform.js';
import { ProblemNotice, SkeletonRows } from '../app/states.js';
import { MoreButton } from '../design/list-foot.js';
import { Panel } from '../design/panel.js';
import { type Column, RecordTable } from '../design/record-table.js';
import { useWords } from '../words/words.js';
import type { BlockOf } from './pages.js';
import { PageValue, valueAt } from './values.js';

export function TableBlock({
  vertical,
  block,
  changes,
}: {
  readonly vertical: string;
  readonly block: BlockOf<'table'>;
  readonly changes: number;
}) {
  const { say } = useWords();
  const path = `${vertical}.${block.query}`;
  const list = useList<unknown>(
    [path, { changes }],
    (yunfab, page, options) => procedureAt(yunfab, path)(page, options) as Promise<PageOf<unknown>>,
  );
  const [first, ...others] = block.columns.map(
    (column): Column<unknown> => ({
      name: column.field,
      words: say(column.words),
      number: column.format === 'number' || column.format === 'duration_s',
      cell: (row) => <PageValue column={column} row={row} />,
    }),
  );
  return (
    <Panel title={say(block.words)} flush>
      {list.problem ? (
        <div className="body">
          <ProblemNotice problem={list.problem} onRetry={list.again} />
        </div>
      ) : null}
      {list.pending ? (
        <SkeletonRows rows={4} />
      ) : list.items.length > 0 && first ? (
        <RecordTable
          label={say(block.words)}
          columns={[first, ...others]}
          rows={list.items}
          keyOf={(row) => String(valueAt(row, 'id') ?? JSON.stringify(row))}
        />
      ) : list.problem ? null : (
        <p className="soft" style={{ padding: 16 }}>
          {say(block.empty)}
        </p>
      )}
      <MoreButton list={list} />
    </Panel>
  );
}
