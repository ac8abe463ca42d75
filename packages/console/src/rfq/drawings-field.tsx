import { useMay } from '../app/permissions.js';
import { ProblemNotice } from '../app/states.js';
import { Button } from '../design/button.js';
import { DropPlace } from '../files/drop-place.js';
import { UploadProgress } from '../files/upload-progress.js';
import { useUpload } from '../files/use-upload.js';
import { useWords } from '../words/words.js';

/** A drawing of an asked line: its content is in the store, and the request names it once it is saved. */
export interface Drawing {
  readonly name: string;
  readonly sha256: string;
  readonly revision: string;
}

interface DrawingsFieldProps {
  readonly drawings: readonly Drawing[];
  readonly problem: string | undefined;
  readonly onChange: (change: (drawings: readonly Drawing[]) => readonly Drawing[]) => void;
  /** While something is underway the request cannot be saved. */
  readonly onUploading: (uploading: boolean) => void;
}

/** Uploads what is chosen or dropped, one after the other; one of the same name takes the place of the earlier. */
export function DrawingsField({ drawings, problem, onChange, onUploading }: DrawingsFieldProps) {
  const { t } = useWords();
  const may = useMay();
  const { uploading, problem: refused, upload, stop } = useUpload();
  const take = async (files: readonly File[]) => {
    onUploading(true);
    for (const file of files) {
      const kept = await upload(file);
      if (!kept) break;
      onChange((now) => [...now.filter(({ name }) => name !== file.name), { name: file.name, sha256: kept.sha256, revision: '' }]);
    }
    onUploading(false);
  };
  return (
    <fieldset className="field" data-drawings>
      <legend>{t('form.optional', { field: t('rfq.files') })}</legend>
      <DropPlace enabled={may('files.attach') && !uploading} words={t('rfq.addDrawings')} onFiles={(files) => void take(files)}>
        {drawings.map(({ name, sha256, revision }) => (
          <div key={name} className="form-row" style={{ alignItems: 'end', marginBottom: 8 }} data-drawing={name}>
            <div style={{ minWidth: 0 }}>
              <span className="wrap">{name}</span>
              <br />
              <span className="soft small mono" title={sha256}>
                SHA-256 {sha256.slice(0, 12)}…
              </span>
            </div>
            <label className="field">
              <span className="soft small">{t('form.optional', { field: t('files.revision') })}</span>
              <input
                className="input"
                maxLength={60}
                placeholder="B"
                value={revision}
                onChange={(event) => {
                  const typed = event.target.value;
                  onChange((now) => now.map((each) => (each.name === name ? { ...each, revision: typed } : each)));
                }}
              />
            </label>
            <div className="actions">
              <Button
                look="quiet"
                icon="close"
                aria-label={t('rfq.removeDrawing', { name })}
                onClick={() => onChange((now) => now.filter((each) => each.name !== name))}
              />
            </div>
          </div>
        ))}
        {uploading ? <UploadProgress uploading={uploading} onStop={stop} /> : null}
      </DropPlace>
      {refused ? <ProblemNotice problem={refused} /> : null}
      {problem ? <span className="problem">{problem}</span> : <span className="hint">{t('rfq.filesHint')}</span>}
    </fieldset>
  );
}
