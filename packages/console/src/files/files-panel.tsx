import { useState } from 'react';
import type { Client } from '../app/client.js';
import { ListTable } from '../app/list-table.js';
import { useMay } from '../app/permissions.js';
import { type Listed, useCommand, useList, usePlatform } from '../app/platform.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import { AttachDialog } from './attach-dialog.js';
import { DropPlace } from './drop-place.js';
import { writtenSize } from './size.js';

export type RecordFile = Awaited<ReturnType<Client['files']['list']>>['items'][number];

interface FilesPanelProps {
  readonly record: string;
  /** Whether this organization is a party of the record. */
  readonly mayAttach: boolean;
}

/** The files of any record: what is in force, or all that ever was, with download, upload by choosing or dropping, and withdrawal. */
export function FilesPanel({ record, mayAttach }: FilesPanelProps) {
  const { t } = useWords();
  const may = useMay();
  const [history, setHistory] = useState(false);
  const [chosen, setChosen] = useState<readonly File[]>([]);
  const [withdrawn, setWithdrawn] = useState<RecordFile | null>(null);
  const list = useList(['files.list', { record, history }], (yunfab, page, options) =>
    yunfab.files.list({ record, history, limit: 50, ...page }, options),
  );
  if (!may('files.view')) return null;
  const attaches = mayAttach && may('files.attach');
  const [file] = chosen;
  return (
    <Panel
      title={t('files.title')}
      flush
      aside={
        <label className="check">
          <input type="checkbox" checked={history} onChange={(event) => setHistory(event.target.checked)} /> {t('files.history')}
        </label>
      }
    >
      <DropPlace enabled={attaches} onFiles={setChosen}>
        <FilesTable list={list} attaches={attaches} onWithdraw={setWithdrawn} />
      </DropPlace>
      {file ? (
        <AttachDialog
          key={`${file.name} ${chosen.length}`}
          record={record}
          file={file}
          own={list.items.filter(({ own, supersededAt }) => own && supersededAt === null)}
          onDone={() => setChosen(chosen.slice(1))}
        />
      ) : null}
      {withdrawn ? <WithdrawDialog file={withdrawn} onDone={() => setWithdrawn(null)} /> : null}
    </Panel>
  );
}

interface FilesTableProps {
  readonly list: Listed<RecordFile>;
  readonly attaches: boolean;
  readonly onWithdraw: (file: RecordFile) => void;
}

function FilesTable({ list, attaches, onWithdraw }: FilesTableProps) {
  const { t, say, locale } = useWords();
  const { yunfab } = usePlatform();
  return (
    <ListTable
      list={list}
      skeletonRows={2}
      none={
        <p className="soft" style={{ padding: '12px 16px' }}>
          {t(attaches ? 'files.noneAttach' : 'files.none')}
        </p>
      }
      label={t('files.title')}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'name',
          words: t('files.name'),
          cell: ({ name, sha256, record, supersededAt, replacedBy }) => (
            <>
              <a
                className="wrap"
                href={yunfab.files.link({ sha256, record })}
                download={name}
                title={`SHA-256 ${sha256}`}
                aria-label={`${t('files.download')}: ${name}`}
              >
                {name}
              </a>
              {supersededAt ? <span className="soft small"> · {t(replacedBy ? 'files.replaced' : 'files.withdrawn')}</span> : null}
            </>
          ),
        },
        { name: 'role', words: t('files.role'), cell: ({ roleWords }) => say(roleWords) },
        { name: 'revision', words: t('files.revision'), cell: ({ revision }) => revision ?? '–' },
        {
          name: 'size',
          words: t('files.size'),
          number: true,
          cell: ({ size }) => <span className="nowrap">{writtenSize(size, locale)}</span>,
        },
        {
          name: 'by',
          words: t('files.by'),
          wide: true,
          cell: ({ organization, attachedBy }) => <span title={attachedBy}>{say(organization.name)}</span>,
        },
        { name: 'when', words: t('files.when'), wide: true, cell: ({ attachedAt }) => <Moment at={attachedAt} /> },
        {
          name: 'moves',
          words: <span className="visually-hidden">{t('moves')}</span>,
          cell: (file) =>
            attaches && file.own && file.supersededAt === null ? (
              <span className="actions end">
                <Button look="quiet" onClick={() => onWithdraw(file)} aria-label={t('files.withdrawName', { name: file.name })}>
                  {t('files.withdraw')}
                </Button>
              </span>
            ) : null,
        },
      ]}
    />
  );
}

function WithdrawDialog({ file, onDone }: { readonly file: RecordFile; readonly onDone: () => void }) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const command = useCommand(
    (yunfab, said: string, options) => yunfab.files.detach({ attachment: file.id, ...(said ? { reason: said } : {}) }, options),
    ['files.list', 'orders.timeline'],
  );
  return (
    <MoveForm
      title={t('files.withdrawName', { name: file.name })}
      effect={t('files.withdrawEffect')}
      submit={t('files.withdraw')}
      danger
      command={command}
      onSubmit={() => void command.run(reason.trim()).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field label={t('files.reason')}>
        {(input) => (
          <input {...input} className="input" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
    </MoveForm>
  );
}
