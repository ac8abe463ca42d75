import { Button } from '../design/button.js';
import { CodeLine } from '../design/code-line.js';
import { Dialog } from '../design/dialog.js';
import { useWords } from '../words/words.js';

interface SecretDialogProps {
  readonly title: string;
  readonly lines: readonly { readonly label: string; readonly code: string }[];
  readonly onClose: () => void;
}

/** A secret that is shown this once; it leaves only by the button, so that no stray click loses it. */
export function SecretDialog({ title, lines, onClose }: SecretDialogProps) {
  const { t } = useWords();
  return (
    <Dialog open onOpenChange={() => {}} title={title} what={t('secret.once')}>
      <div className="stack">
        {lines.map(({ label, code }) => (
          <CodeLine key={label} label={label} code={code} />
        ))}
        <div className="actions end">
          <Button look="primary" onClick={onClose}>
            {t('secret.kept')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
