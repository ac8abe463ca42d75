import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useAsk } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { PageHead } from '../design/page-head.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Amount } from '../design/time.js';
import { useWords } from '../words/words.js';

type Comparison = Awaited<ReturnType<Client['engineering']['bom']['compare']>>;
type Line = Comparison['lines']['added'][number];
type Operation = Comparison['operations']['added'][number];

export function ComparePage({ left, right }: { readonly left: string; readonly right: string }) {
  const asked = useAsk(['engineering.bom.compare', { left, right }], (yunfab, options) =>
    yunfab.engineering.bom.compare({ left, right }, options),
  );
  return <Screen asked={asked}>{(comparison) => <ComparisonView comparison={comparison} />}</Screen>;
}

interface Row<Value> {
  readonly key: string;
  readonly what: 'added' | 'removed' | 'changed';
  readonly left: Value | null;
  readonly right: Value | null;
}

const tones = { added: 'good', removed: 'bad', changed: 'warn' } as const;

function rowsOf<Value>(
  { added, removed, changed }: { added: readonly Value[]; removed: readonly Value[]; changed: readonly { left: Value; right: Value }[] },
  keyOf: (value: Value) => string,
): Row<Value>[] {
  return [
    ...removed.map((left) => ({ key: `- ${keyOf(left)}`, what: 'removed' as const, left, right: null })),
    ...changed.map(({ left, right }) => ({ key: `~ ${keyOf(left)}`, what: 'changed' as const, left, right })),
    ...added.map((right) => ({ key: `+ ${keyOf(right)}`, what: 'added' as const, left: null, right })),
  ];
}

function ComparisonView({ comparison }: { readonly comparison: Comparison }) {
  const { t, say } = useWords();
  const { left, right } = comparison;
  const lines = rowsOf(comparison.lines, ({ id }) => id);
  const operations = rowsOf(comparison.operations, ({ position, name }) => `${position} ${name.en}`);
  const heads = { left: `${left.item.number} / ${left.label}`, right: `${right.item.number} / ${right.label}` };
  const nothing = lines.length + operations.length + comparison.specification.length === 0;
  const what = <Value,>({ what: kind }: Row<Value>) => <Badge state="" tone={tones[kind]} words={t(`compare.${kind}`)} />;
  return (
    <>
      <PageHead
        title={t('compare.title', heads)}
        crumbs={
          <>
            <Link href={`/revisions/${left.id}`}>{heads.left}</Link>
            <span aria-hidden="true">→</span>
            <Link href={`/revisions/${right.id}`}>{heads.right}</Link>
          </>
        }
      />
      <div className="stack">
        {nothing ? <p className="soft">{t('compare.nothing')}</p> : null}
        {lines.length > 0 ? (
          <Panel title={t('bom.title')} flush>
            <RecordTable
              label={t('bom.title')}
              rows={lines}
              keyOf={({ key }) => key}
              columns={[
                { name: 'item', words: t('bom.component'), cell: (row) => (row.left ?? row.right)?.item.number },
                {
                  name: 'name',
                  words: t('items.name'),
                  wide: true,
                  cell: (row) => say((row.left ?? row.right)?.item.name ?? { en: '', zh: '' }),
                },
                { name: 'what', words: t('compare.what'), cell: what },
                { name: 'left', words: heads.left, cell: (row) => <LineValue line={row.left} /> },
                { name: 'right', words: heads.right, cell: (row) => <LineValue line={row.right} /> },
              ]}
            />
          </Panel>
        ) : null}
        {operations.length > 0 ? (
          <Panel title={t('routing.title')} flush>
            <RecordTable
              label={t('routing.title')}
              rows={operations}
              keyOf={({ key }) => key}
              columns={[
                { name: 'operation', words: t('jobs.operation'), cell: (row) => say((row.left ?? row.right)?.name ?? { en: '', zh: '' }) },
                { name: 'what', words: t('compare.what'), cell: what },
                { name: 'left', words: heads.left, cell: (row) => <OperationValue operation={row.left} /> },
                { name: 'right', words: heads.right, cell: (row) => <OperationValue operation={row.right} /> },
              ]}
            />
          </Panel>
        ) : null}
        {comparison.specification.length > 0 ? (
          <Panel title={t('compare.specification')} flush>
            <RecordTable
              label={t('compare.specification')}
              rows={comparison.specification}
              keyOf={({ path }) => path}
              columns={[
                { name: 'path', words: t('compare.field'), cell: ({ path }) => <code>{path}</code> },
                { name: 'left', words: heads.left, cell: (row) => <code>{JSON.stringify(row.left)}</code> },
                { name: 'right', words: heads.right, cell: (row) => <code>{JSON.stringify(row.right)}</code> },
              ]}
            />
          </Panel>
        ) : null}
      </div>
    </>
  );
}

function LineValue({ line }: { readonly line: Line | null }) {
  if (!line) return <span className="soft">–</span>;
  const { position, quantity, scrapPercent, revision, designators } = line;
  return (
    <>
      <span className="soft">{position}</span> <Amount value={quantity.value} unit={quantity.unit} />
      {scrapPercent === '0' ? null : ` +${scrapPercent} %`}
      {revision ? ` · ${revision.label}` : null}
      {designators.length > 0 ? <span className="soft small"> {designators.join(' ')}</span> : null}
    </>
  );
}

function OperationValue({ operation }: { readonly operation: Operation | null }) {
  const { t } = useWords();
  if (!operation) return <span className="soft">–</span>;
  return (
    <>
      <span className="soft">{operation.position}</span> {operation.workCenter} · {operation.setupSeconds} s + {operation.runSeconds} s
      {operation.subcontractable ? <span className="soft small"> · {t('routing.subcontractable')}</span> : null}
    </>
  );
}
