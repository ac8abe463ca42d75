import { type ReactNode, useEffect } from 'react';
import { useWords } from '../words/words.js';

interface PageHeadProps {
  readonly title: string;
  /** Beside the title: the state. */
  readonly badge?: ReactNode;
  readonly crumbs?: ReactNode;
  readonly below?: ReactNode;
  readonly children?: ReactNode;
}

export function PageHead({ title, badge, crumbs, below, children }: PageHeadProps) {
  const { t } = useWords();
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  return (
    <div className="page-head">
      <div className="titles">
        {crumbs ? <div className="crumbs">{crumbs}</div> : null}
        <h1>
          <span>{title}</span>
          {badge}
        </h1>
        {below}
      </div>
      {children ? <div className="actions">{children}</div> : null}
    </div>
  );
}
