import { useState } from 'react';
import { useWords } from '../words/words.js';
import { Button } from './button.js';

/** One line of a program or a command, to be copied. */
export function CodeLine({ label, code }: { readonly label: string; readonly code: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(code);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <div style={{ width: '100%' }}>
      <p className="soft small">{label}</p>
      <div className="code-line">
        <pre tabIndex={0}>{code}</pre>
        <Button
          icon={copied ? 'check' : 'copy'}
          aria-label={copied ? t('copied') : t('copy')}
          title={t('copy')}
          onClick={() => void copy()}
        />
      </div>
    </div>
  );
}
