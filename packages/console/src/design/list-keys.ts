import { useEffect } from 'react';
import { isTyping } from './record-table.js';

/** j and k anywhere on a list page begin walking its rows. */
export function useListKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.key !== 'j' && event.key !== 'k') || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      if ((event.target as Element).closest?.('[data-walk], [role="dialog"], [role="menu"]')) return;
      document.querySelector<HTMLAnchorElement>('[data-walk] a[data-row]')?.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
