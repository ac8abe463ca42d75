import { useState } from 'react';
import { useCommand } from '../app/platform.js';
import { Field } from '../design/field.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import type { RecordFile } from './files-panel.js';
import { UploadProgress } from './upload-progress.js';
import { useUpload } from './use-upload.js';

export const fileRoles = ['drawing', 'certificate', 'contract', 'photo', 'report', 'other'] as const;
type Role = (typeof fileRoles)[number];

interface AttachDialogProps {
  readonly record: string;
  readonly file: File;
  /** What is in force at the record and may be replaced by this one. */
  readonly own: readonly RecordFile[];
  readonly onDone: () => void;
}

/** Says what the chosen file is to the record, uploads it and attaches it; what was filled in stays when either is refused. */
export function AttachDialog({ record, file, own, onDone }: AttachDialogProps) {
  const { t } = useWords();
  const namesake = own.find(({ name }) => name === file.name);
  const [role, setRole] = useState<Role>(namesake?.role ?? guessedRole(file));
  const [revision, setRevision] = useState('');
  const [replaces, setReplaces] = useState(namesake?.id ?? '');
  const { uploading, problem, upload, stop } = useUpload();
  const attach = useCommand(
    (yunfab, sha256: string, options) =>
      yunfab.files.attach(
        { record, sha256, name: file.name, role, ...(revision ? { revision } : {}), ...(replaces ? { replaces } : {}) },
        options,
      ),
    ['files.list', 'orders.timeline'],
  );
  const send = async () => {
    const uploaded = await upload(file);
    if (uploaded && (await attach.run(uploaded.sha256))) onDone();
  };
  const cancel = () => {
    stop();
    onDone();
  };
  return (
    <MoveForm
      title={t('files.attach', { name: file.name })}
      effect={t('files.attachEffect')}
      submit={t('files.submit')}
      command={{ busy: uploading !== null || attach.busy, problem: problem ?? attach.problem }}
      onSubmit={() => void send()}
      onCancel={cancel}
    >
      <Field label={t('files.role')}>
        {(input) => (
          <select {...input} className="input" value={role} onChange={(event) => setRole(event.target.value as Role)}>
            {fileRoles.map((each) => (
              <option key={each} value={each}>
                {t(`files.role.${each}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('files.revision')} hint={t('files.revisionHint')}>
        {(input) => (
          <input {...input} className="input" maxLength={60} value={revision} onChange={(event) => setRevision(event.target.value)} />
        )}
      </Field>
      {own.length > 0 ? (
        <Field label={t('files.replaces')}>
          {(input) => (
            <select {...input} className="input" value={replaces} onChange={(event) => setReplaces(event.target.value)}>
              <option value="">{t('files.replacesNone')}</option>
              {own.map(({ id, name, revision: label }) => (
                <option key={id} value={id}>
                  {label ? `${name} / ${label}` : name}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      {uploading ? <UploadProgress uploading={uploading} onStop={stop} /> : null}
    </MoveForm>
  );
}

function guessedRole({ type, name }: File): Role {
  if (type.startsWith('image/')) return 'photo';
  return /\.(dwg|dxf|step|stp|igs|iges|stl|x_t|sldprt|sldasm|prt)$/i.test(name) ? 'drawing' : 'other';
}
