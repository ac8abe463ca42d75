import { procedureAt } from '../app/client.js';
import { ListTable } from '../app/list-table.js';
import { type PageOf, useList } from '../app/platform.js';
import { Panel } from '../design/panel.js';
import type { Column } from '../design/record-table.js';
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
      {first ? (
        <ListTable
          list={list}
          skeletonRows={4}
          label={say(block.words)}
          columns={[first, ...others]}
          keyOf={(row) => String(valueAt(row, 'id') ?? JSON.stringify(row))}
          none={
            <p className="soft" style={{ padding: 16 }}>
              {say(block.empty)}
            </p>
          }
        />
      ) : null}
    </Panel>
  );
}
