import { type KeyboardEvent, useId, useState } from 'react';
import { useLocation } from 'wouter';
import { Dialog } from '../design/dialog.js';
import { Icon } from '../design/icon.js';
import { useWords } from '../words/words.js';
import { useFound } from './found.js';

/** One search over what this person may see. */
export function SearchDialog({ open, onOpenChange }: { readonly open: boolean; readonly onOpenChange: (open: boolean) => void }) {
  const { t } = useWords();
  return open ? (
    <Dialog open onOpenChange={onOpenChange} title={t('search.title')} what={t('search.what')}>
      <SearchBox onLeave={() => onOpenChange(false)} />
    </Dialog>
  ) : null;
}

function SearchBox({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [, navigate] = useLocation();
  const { found, pending } = useFound(text.trim());
  const list = useId();
  const chosen = found[Math.min(at, found.length - 1)];

  const go = (to: string) => {
    onLeave();
    navigate(to);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((before) => Math.max(0, Math.min(found.length - 1, before + step)));
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      go(chosen.to);
    }
  };

  return (
    <div className="stack" style={{ gap: 8 }}>
      <input
        className="input"
        style={{ minHeight: 36 }}
        role="combobox"
        aria-label={t('search.title')}
        aria-expanded={found.length > 0}
        aria-controls={list}
        aria-activedescendant={chosen ? `${list}-${found.indexOf(chosen)}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={text}
        placeholder={t('search.placeholder')}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <ul id={list} role="listbox" aria-label={t('search.results')} style={{ maxHeight: 320, overflowY: 'auto' }}>
        {found.map((hit, index) => (
          <li
            key={hit.to}
            id={`${list}-${index}`}
            role="option"
            aria-selected={hit === chosen}
            className="menu-item"
            onPointerMove={() => setAt(index)}
            onClick={() => go(hit.to)}
            onKeyDown={undefined}
          >
            <Icon name={hit.icon} />
            <span>{hit.title}</span>
            <span className="soft end small">{hit.what}</span>
          </li>
        ))}
      </ul>
      <p role="status" className="soft small">
        {pending ? t('loading') : found.length === 0 && text ? t('search.none', { text }) : ''}
      </p>
    </div>
  );
}
