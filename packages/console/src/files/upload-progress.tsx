import { Button } from '../design/button.js';
import { useWords } from '../words/words.js';
import { writtenSize } from './size.js';
import type { Uploading } from './use-upload.js';

interface UploadProgressProps {
  readonly uploading: Uploading;
  readonly onStop: () => void;
}

export function UploadProgress({ uploading: { name, sent, total }, onStop }: UploadProgressProps) {
  const { t, locale } = useWords();
  const all = sent >= total;
  return (
    <div className="stack" style={{ gap: 4 }} data-uploading>
      <progress className="upload-progress" value={sent} max={total} aria-label={t('files.uploading', { name })} />
      <div className="actions" style={{ justifyContent: 'space-between' }}>
        <span className="soft small" role="status">
          {all ? t('files.checking') : t('files.sent', { sent: writtenSize(sent, locale), total: writtenSize(total, locale) })}
        </span>
        <Button look="quiet" icon="close" onClick={onStop}>
          {t('files.stop')}
        </Button>
      </div>
    </div>
  );
}
