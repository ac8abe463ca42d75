import { useState } from 'react';
import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useAsk, useCommand } from '../app/platform.js';
import { ProblemNotice, SkeletonRows } from '../app/states.js';
import { Button } from '../design/button.js';
import { Chips } from '../design/chips.js';
import { PageHead } from '../design/page-head.js';
import { Panel } from '../design/panel.js';
import { DropPlace } from '../files/drop-place.js';
import { useWords } from '../words/words.js';
import { ImportMapping } from './import-mapping.js';
import { ImportRows } from './import-rows.js';
import { saveCsv } from './save-file.js';

export type PreviewInput = Parameters<Client['orders']['imports']['preview']>[0];
export type Preview = Awaited<ReturnType<Client['orders']['imports']['preview']>>;
type Committed = Awaited<ReturnType<Client['orders']['imports']['commit']>>;

const mostBytes = 5 * 1024 * 1024;
/** Thousands of orders are one transaction. */
const patienceMs = 290_000;

/** Across visits of the page, whose answers are kept for a while. */
let filesChosen = 0;

/** A file, its columns, what each row would do, and then what each did. */
export function ImportPage() {
  const { t } = useWords();
  const [kind, setKind] = useState<PreviewInput['kind']>('orders');
  const [content, setContent] = useState<string | null>(null);
  const [name, setName] = useState<string | null>(null);
  const [file, setFile] = useState(0);
  const [tooLarge, setTooLarge] = useState(false);
  const [mapping, setMapping] = useState<NonNullable<PreviewInput['mapping']>>({});
  const [defaults, setDefaults] = useState<NonNullable<PreviewInput['defaults']>>({});
  const [done, setDone] = useState<Committed | null>(null);
  const commit = useCommand(
    (yunfab, input: Parameters<typeof yunfab.orders.imports.commit>[0], options) =>
      yunfab.orders.imports.commit(input, { ...options, timeoutMs: patienceMs }),
    ['orders'],
  );

  const begin = (next: { readonly kind?: PreviewInput['kind']; readonly content?: string | null }) => {
    if (next.kind) setKind(next.kind);
    if (next.content !== undefined) {
      setContent(next.content);
      setFile(++filesChosen);
    }
    setMapping({});
    setDefaults({});
    setDone(null);
    commit.reset();
  };
  const choose = async (file: File | undefined) => {
    setName(file?.name ?? null);
    setTooLarge(file !== undefined && file.size > mostBytes);
    begin({ content: file && file.size <= mostBytes && file.size > 0 ? await base64(file) : null });
  };

  return (
    <>
      <PageHead
        title={t('import.title')}
        crumbs={<Link href="/orders">{t('orders.title')}</Link>}
        below={<p className="soft">{t('import.what')}</p>}
      />
      <div className="stack">
        <Panel title={t('import.file')}>
          <div className="form">
            <Chips
              label={t('import.kind')}
              value={kind}
              onChoose={(chosen) => begin({ kind: chosen ?? 'orders' })}
              choices={(['orders', 'numbers'] as const).map((each) => ({ value: each, words: t(`import.kind.${each}`) }))}
            />
            <DropPlace enabled single accept=".csv,.txt,.tsv,.xlsx" words={t('import.choose')} onFiles={([file]) => void choose(file)}>
              {name ? (
                <p data-import-file>
                  {t('import.file')}: <strong className="wrap">{name}</strong>
                </p>
              ) : null}
            </DropPlace>
            {tooLarge ? (
              <p className="problem" role="alert">
                {t('import.fileTooLarge')}
              </p>
            ) : (
              <p className="soft small">{t('import.fileHint')}</p>
            )}
          </div>
        </Panel>
        {done ? (
          <Report done={done} onAgain={() => void choose(undefined)} />
        ) : content !== null ? (
          <Judged
            file={file}
            input={{ kind, content, mapping, defaults }}
            onMapping={setMapping}
            onDefaults={setDefaults}
            busy={commit.busy}
            onCommit={async (mode) => setDone(await commit.run({ kind, content, mapping, defaults, mode }))}
          />
        ) : null}
        {commit.problem ? <ProblemNotice problem={commit.problem} /> : null}
      </div>
    </>
  );
}

interface JudgedProps {
  /** Stands for the content where it is compared: that has megabytes. */
  readonly file: number;
  readonly input: PreviewInput & {
    readonly mapping: NonNullable<PreviewInput['mapping']>;
    readonly defaults: NonNullable<PreviewInput['defaults']>;
  };
  readonly busy: boolean;
  readonly onMapping: (mapping: NonNullable<PreviewInput['mapping']>) => void;
  readonly onDefaults: (defaults: NonNullable<PreviewInput['defaults']>) => void;
  readonly onCommit: (mode: 'all_or_nothing' | 'valid_rows') => void;
}

function Judged({ file, input, busy, onMapping, onDefaults, onCommit }: JudgedProps) {
  const { t, say } = useWords();
  const { content: _content, ...asked } = input;
  const { answer, problem } = useAsk(['orders.imports.preview', { ...asked, file }], (yunfab, options) =>
    yunfab.orders.imports.preview(input, { ...options, timeoutMs: patienceMs }),
  );
  if (problem) return <ProblemNotice problem={problem} />;
  if (!answer) return <SkeletonRows rows={4} />;
  const { counts, issues, rows } = answer;
  const valid = rows.length - counts.refused;
  return (
    <>
      <ImportMapping preview={answer} mapping={input.mapping} defaults={input.defaults} onMapping={onMapping} onDefaults={onDefaults} />
      {issues.map(({ field, words }) => (
        <p key={field} role="alert">
          {say(words)}
        </p>
      ))}
      {rows.length > 0 ? (
        <>
          <ImportRows title={t('import.preview')} rows={rows} counts={counts} />
          <div className="actions">
            <Button look="primary" busy={busy} disabled={counts.refused > 0} onClick={() => onCommit('all_or_nothing')}>
              {t('import.all')}
            </Button>
            {counts.refused > 0 && valid > 0 ? (
              <Button busy={busy} onClick={() => onCommit('valid_rows')}>
                {t('import.valid', { count: valid })}
              </Button>
            ) : null}
          </div>
        </>
      ) : null}
    </>
  );
}

function Report({ done, onAgain }: { readonly done: Committed; readonly onAgain: () => void }) {
  const { t } = useWords();
  return (
    <>
      {done.applied ? null : <p role="alert">{t('import.notApplied')}</p>}
      <ImportRows title={t('import.report')} rows={done.rows} counts={done.counts} />
      <div className="actions">
        <Button icon="download" onClick={() => saveCsv(t('import.reportFile'), done.report)}>
          {t('import.download')}
        </Button>
        <Button onClick={onAgain}>{t('import.another')}</Button>
        <Link className="button" href="/orders">
          {t('orders.title')}
        </Link>
      </div>
    </>
  );
}

function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the file cannot be read')));
    reader.readAsDataURL(file);
  });
}
