import { type Listed, useFormat } from '../app/platform.js';
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

/** Since when there are records at all, so that nobody thinks nothing was before. */
export function KeptFrom({ list: { keptFrom } }: { readonly list: Partial<Pick<Listed<unknown>, 'keptFrom'>> }) {
  const { t } = useWords();
  const format = useFormat();
  if (!keptFrom) return null;
  return <p className="body soft small">{t('list.keptFrom', { when: format.moment(keptFrom) })}</p>;
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
