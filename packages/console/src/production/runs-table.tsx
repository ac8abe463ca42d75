import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { ListTable, SteadyListTable } from '../app/list-table.js';
import { useFormat, useList } from '../app/platform.js';
import { Empty } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Panel } from '../design/panel.js';
import type { Column } from '../design/record-table.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';
import { runName } from './run-lines.js';

type RunSummary = Awaited<ReturnType<Client['production']['runs']['list']>>['items'][number];

interface RunsTableProps {
  readonly title: string;
  /** The page's own heading says it already. */
  readonly bare?: boolean;
  readonly filter: {
    readonly equipment?: string;
    readonly lot?: string;
    readonly job?: string;
    readonly rule?: string;
    readonly state?: RunSummary['state'];
  };
  /** New runs push the others down at once: a short list beside a live machine. */
  readonly moving?: boolean;
}

/** Process runs with their verdicts, newest first. */
export function RunsTable({ title, bare = false, filter, moving = false }: RunsTableProps) {
  const { t, say } = useWords();
  const format = useFormat();
  const list = useList(['production.runs.list', filter], (yunfab, page, options) =>
    yunfab.production.runs.list({ ...filter, limit: 20, ...page }, options),
  );
  const columns: [Column<RunSummary>, ...Column<RunSummary>[]] = [
    { name: 'run', words: t('run.run'), cell: (run) => runName(run, say, format) },
    {
      name: 'verdict',
      words: t('run.verdict'),
      cell: (run) =>
        run.withdrawnAt ? (
          <Badge state="withdrawn" words={run.stateWords} />
        ) : run.verdict && run.verdictWords ? (
          <Badge state={run.verdict} words={run.verdictWords} />
        ) : (
          <Badge state={run.state} words={run.stateWords} />
        ),
    },
    { name: 'started', words: t('run.started'), cell: (run) => (run.startedAt ? <Moment at={run.startedAt} /> : '–') },
    {
      name: 'duration',
      words: t('run.duration'),
      number: true,
      cell: (run) => (run.startedAt && run.endedAt ? format.duration((Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000) : '–'),
    },
    ...(filter.equipment
      ? []
      : [
          {
            name: 'equipment',
            words: t('production.equipment'),
            wide: true,
            cell: (run: RunSummary) => <Link href={`/equipment/${run.equipment.id}`}>{run.equipment.name}</Link>,
          },
        ]),
    { name: 'program', words: t('run.program'), wide: true, cell: (run) => run.program ?? '–' },
    ...(filter.lot
      ? []
      : [
          {
            name: 'lot',
            words: t('run.lot'),
            wide: true,
            cell: (run: RunSummary) => (run.lot ? <Link href={`/lots/${run.lot.id}`}>{run.lot.code}</Link> : '–'),
          },
        ]),
  ];
  const table = {
    list,
    skeletonRows: 5,
    label: title,
    columns,
    keyOf: (run: RunSummary) => run.id,
    open: (run: RunSummary) => `/runs/${run.id}`,
    none: (
      <Empty
        title={t('run.none')}
        what={t('run.noneWhat')}
        command={`mosquitto_pub -u acme/press-1 -P yd_… -t yf/v1/acme/press-1/event -q 1 -m '{"ts":1732250000000,"type":"run_started","run":"r1"}'`}
      />
    ),
  };
  const content = moving ? <ListTable {...table} /> : <SteadyListTable of={JSON.stringify(filter)} {...table} />;
  return bare ? (
    <div className="panel">{content}</div>
  ) : (
    <Panel title={title} flush>
      {content}
    </Panel>
  );
}
