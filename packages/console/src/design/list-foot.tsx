import type { Listed } from '../app/platform.js';
import { useWords } from '../words/words.js';
import { Button } from './button.js';

export function MoreButton({ list }: { readonly list: Partial<Pick<Listed<unknown>, 'more' | 'loadingMore'>> }) {
  const { t } = useWords();
  if (!list.more) return null;
  return (
    <div className="actions" style={{ padding: '8px 16px', borderTop: '1px solid var(--line)' }}>
      <Button busy={list.loadingMore ?? false} onClick={list.more}>
        {t('list.more')}
      </Button>
    </div>
  );
}

export function NewBar({ count, onShow }: { readonly count: number; readonly onShow: () => void }) {
  const { t } = useWords();
  return (
    <div role="status">
      {count > 0 ? (
        <button type="button" className="new-bar" onClick={onShow}>
          {t('list.new', { count })}
        </button>
      ) : null}
    </div>
  );
}
