import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useMay } from '../app/permissions.js';
import { useAsk, useCommand, useFormat, usePlatform } from '../app/platform.js';
import { ProblemNotice, SkeletonRows } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { Facts, Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';

type Month = Awaited<ReturnType<Client['metering']['month']>>;

/** What the organization uses, month by month, and its data to take along. */
export function MeteringPanel() {
  const { t } = useWords();
  const may = useMay();
  const { answer, problem, pending, again } = useAsk(['metering.months', {}], (yunfab, options) => yunfab.metering.months({}, options));
  const [chosen, setChosen] = useState<string | null>(null);
  const month = chosen ?? answer?.items[0]?.month ?? null;
  return (
    <div className="stack">
      <Panel title={t('admin.metering')}>
        {problem ? <ProblemNotice problem={problem} onRetry={again} /> : null}
        {pending ? <SkeletonRows rows={2} /> : null}
        {answer ? (
          <>
            <p className="soft">{answer.countedUntil ? <CountedUntil day={answer.countedUntil} /> : t('metering.notCounted')}</p>
            {answer.items.length > 0 ? (
              <Field label={t('metering.month')}>
                {(input) => (
                  <select {...input} className="input" value={month ?? ''} onChange={(event) => setChosen(event.target.value)}>
                    {answer.items.map((each) => (
                      <option key={each.month} value={each.month}>
                        {each.month} · {t(`metering.state.${each.state}`)}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
            ) : null}
          </>
        ) : null}
      </Panel>
      {month ? <MonthOfUse key={month} month={month} /> : null}
      {may('access.export') ? <ExportPanel /> : null}
    </div>
  );
}

function CountedUntil({ day }: { readonly day: string }) {
  const { t } = useWords();
  const format = useFormat();
  return <>{t('metering.countedUntil', { day: format.date(day) })}</>;
}

function MonthOfUse({ month }: { readonly month: string }) {
  const { t, say } = useWords();
  const { answer, problem, again } = useAsk(['metering.month', { month }], (yunfab, options) => yunfab.metering.month({ month }, options));
  const csv = useCommand((yunfab, given: string) => yunfab.metering.csv({ month: given }));
  const download = async () => {
    const file = await csv.run(month);
    if (file) save(file.name, file.csv);
  };
  return (
    <Panel
      title={month}
      flush
      aside={
        <span className="actions">
          {answer ? (
            <Badge state={answer.state} tone={answer.state === 'closed' ? 'good' : 'open'} words={t(`metering.state.${answer.state}`)} />
          ) : null}
          <Button busy={csv.busy} onClick={() => void download()}>
            {t('metering.csv')}
          </Button>
        </span>
      }
    >
      {problem || csv.problem ? (
        <div className="body">
          {problem ? <ProblemNotice problem={problem} onRetry={again} /> : csv.problem ? <ProblemNotice problem={csv.problem} /> : null}
        </div>
      ) : null}
      {answer && answer.lines.length === 0 ? (
        <div className="body">
          <p className="soft">{t('metering.none')}</p>
        </div>
      ) : null}
      {answer && answer.lines.length > 0 ? (
        <RecordTable
          label={month}
          rows={answer.lines}
          keyOf={(line) => `${line.position}${line.metric}${line.key}`}
          columns={[
            {
              name: 'what',
              words: t('metering.what'),
              cell: (line) => (
                <>
                  {say(line.words)}
                  {line.reason ? <p className="soft small">{t('metering.correction', { reason: line.reason })}</p> : null}
                </>
              ),
            },
            { name: 'key', words: t('metering.key'), cell: (line) => <span className="mono">{line.key || '–'}</span> },
            { name: 'value', words: t('metering.value'), number: true, cell: (line) => <Value line={line} /> },
          ]}
        />
      ) : null}
      {answer?.hash ? (
        <div className="body">
          <Facts
            facts={[
              {
                label: t('metering.hash'),
                value: (
                  <code className="small" style={{ overflowWrap: 'anywhere' }}>
                    {answer.hash}
                  </code>
                ),
              },
              answer.closedAt ? { label: t('metering.state.closed'), value: <Moment at={answer.closedAt} /> } : null,
            ]}
          />
        </div>
      ) : null}
    </Panel>
  );
}

function Value({ line }: { readonly line: Month['lines'][number] }) {
  const format = useFormat();
  if (line.unit === 'count') return <>{format.number(line.value)}</>;
  if (line.unit === 'By') return <>{format.number(Number(line.value) / 1024 ** 2, 2)} MiB</>;
  return <>{format.money(line.value, line.unit)}</>;
}

/** The browser itself takes the stream to disk: nothing of it is held in this page. */
function ExportPanel() {
  const { t } = useWords();
  const { organization } = usePlatform();
  return (
    <Panel title={t('metering.export')}>
      <p>{t('metering.exportWhat')}</p>
      <p>
        <a className="button" href={`/api/export?organization=${encodeURIComponent(organization.code)}`} download>
          {t('metering.exportButton')}
        </a>
      </p>
    </Panel>
  );
}

function save(name: string, text: string): void {
  // Excel reads UTF-8 only with a mark at its beginning.
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
