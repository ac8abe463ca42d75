import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useWords } from '../words/words.js';
import { Button } from './button.js';
import { Field } from './field.js';

interface ScanFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  /** Takes what is typed while nothing else has the focus: false while a dialog is open. */
  readonly listens: boolean;
  /** What was scanned is being looked for; the next may be scanned meanwhile. */
  readonly waiting?: boolean;
  /** `primary` where scanning is what the page is for. */
  readonly look?: 'plain' | 'primary';
  readonly onScan: (code: string) => void;
}

/** A scanner is a keyboard that types a code and presses Enter. The field empties itself for the next one; no form is sent. */
export function ScanField({ label, hint, problem, listens, waiting = false, look = 'plain', onScan }: ScanFieldProps) {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  useEffect(() => {
    if (!listens) return;
    input.current?.focus();
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && document.activeElement === document.body) input.current?.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [listens]);
  const scan = () => {
    const scanned = code.trim();
    setCode('');
    input.current?.focus();
    if (scanned) onScan(scanned);
  };
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    scan();
  };
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(field) => (
        <div className="scan-line">
          <input
            {...field}
            ref={input}
            className="input mono"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            enterKeyHint="search"
            data-scan
            value={code}
            onChange={(event) => setCode(event.target.value)}
            onKeyDown={onEnter}
          />
          <Button look={look} icon={waiting ? 'loading' : 'search'} aria-busy={waiting} onClick={scan}>
            {t('scan.submit')}
          </Button>
        </div>
      )}
    </Field>
  );
}
