import { useState } from 'react';
import { useWords } from '../words/words.js';
import type { TermsSummary } from './terms-choice.js';
import { TermsText } from './terms-text.js';

/** The texts of an agreement by title; each opens to be read. */
export function TermsLinks({ terms }: { readonly terms: readonly TermsSummary[] }) {
  const { t, say } = useWords();
  const [read, setRead] = useState<string | null>(null);
  return (
    <>
      {terms.map(({ id, title, code, number }) => (
        <div key={id}>
          <button type="button" className="link-button" data-terms={code} onClick={() => setRead(id)}>
            {say(title)}
          </button>{' '}
          <span className="soft small">
            {code} · {t('terms.version', { number: String(number) })}
          </span>
        </div>
      ))}
      {read ? <TermsText terms={read} onClose={() => setRead(null)} /> : null}
    </>
  );
}
