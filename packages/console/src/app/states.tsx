import { type ReactNode, useState } from 'react';
import { Button } from '../design/button.js';
import { CodeLine } from '../design/code-line.js';
import { Icon } from '../design/icon.js';
import { PageHead } from '../design/page-head.js';
import { useWords } from '../words/words.js';
import { useErrorWords } from './error-words.js';
import { isNotFound, isUnreachable, type Problem, problemSentence } from './problem.js';
import { type Session, useSignOut } from './session.js';

/** The sentence, the code and the request id, and another try. */
export function ProblemNotice({ problem, onRetry }: { readonly problem: Problem; readonly onRetry?: () => void }) {
  const { t, language } = useWords();
  const known = useErrorWords();
  return (
    <div className="notice bad" role="alert">
      <Icon name="warning" />
      <div>
        <p>{problemSentence(problem, language, known)}</p>
        <p className="soft small">
          <code>{problem.code}</code>
          {problem.requestId ? (
            <>
              {' · '}
              {t('problem.request')} <code>{problem.requestId}</code>
            </>
          ) : null}
        </p>
        {onRetry ? (
          <div className="actions">
            <Button onClick={onRetry}>{t('problem.retry')}</Button>
          </div>
        ) : null}
      </div>
    </div>
  );
}

export function ProblemPage({ problem, onRetry }: { readonly problem: Problem; readonly onRetry?: () => void }) {
  return (
    <main className="page">
      <ProblemNotice problem={problem} {...(onRetry ? { onRetry } : {})} />
    </main>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly what: string;
  /** The same by program. */
  readonly sdk?: string;
  readonly command?: string;
  readonly children?: ReactNode;
}

/** Says what would be here and how to bring it about, by hand and by program. */
export function Empty({ title, what, sdk, command, children }: EmptyProps) {
  const { t } = useWords();
  return (
    <div className="empty">
      <div>
        <h2>{title}</h2>
        <p className="soft">{what}</p>
      </div>
      {children}
      {sdk ? <CodeLine label={t('empty.sdk')} code={sdk} /> : null}
      {command ? <CodeLine label={t('empty.command')} code={command} /> : null}
    </div>
  );
}

/** Hidden and absent look the same. */
export function NotFound() {
  const { t } = useWords();
  return <PageHead title={t('notFound.title')} below={<p className="soft">{t('notFound.what')}</p>} />;
}

interface ScreenProps<Answer> {
  readonly asked: {
    readonly answer: Answer | undefined;
    readonly problem: Problem | null;
    readonly pending: boolean;
    readonly again: () => void;
    readonly answeredAt: number;
  };
  readonly skeleton?: ReactNode;
  /** A part of a page that has its own heading. */
  readonly nested?: boolean;
  readonly children: (answer: Answer) => ReactNode;
}

/** One answer in all its states: not yet, refused, absent, out of reach but remembered, here. */
export function Screen<Answer>({ asked, skeleton, nested = false, children }: ScreenProps<Answer>) {
  const { t } = useWords();
  const { answer, problem, again } = asked;
  if (answer !== undefined) {
    return (
      <>
        {problem ? (
          isUnreachable(problem) ? (
            <StaleNotice at={asked.answeredAt} onRetry={again} />
          ) : isNotFound(problem) ? (
            <NotFound />
          ) : (
            <ProblemNotice problem={problem} onRetry={again} />
          )
        ) : null}
        {problem && isNotFound(problem) ? null : children(answer)}
      </>
    );
  }
  if (problem && isAbsent(problem) && !nested) return <NotFound />;
  if (problem)
    return (
      <>
        {nested ? null : <PageHead title={t('problem.title')} />}
        <ProblemNotice problem={problem} onRetry={again} />
      </>
    );
  return skeleton ?? <SkeletonRows rows={6} />;
}

/** An address that could not be a record's is one at which there is nothing. */
const isAbsent = (problem: Problem) => isNotFound(problem) || problem.code === 'request.invalid';

/** What is shown is from an earlier time, because the platform is not reached. */
export function StaleNotice({ at, onRetry }: { readonly at: number; readonly onRetry: () => void }) {
  const { t, locale } = useWords();
  const when = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(at);
  return (
    <div className="notice warn" role="status">
      <Icon name="warning" />
      <div>
        <p>{t('offline.shownFrom', { when })}</p>
        <div className="actions">
          <Button onClick={onRetry}>{t('problem.retry')}</Button>
        </div>
      </div>
    </div>
  );
}

export function SkeletonRows({ rows = 8 }: { readonly rows?: number }) {
  const { t } = useWords();
  return (
    <div className="skeleton-rows" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} aria-hidden="true">
          <span className="skeleton" style={{ width: `${16 + ((row * 7) % 12)}%` }} />
          <span className="skeleton" style={{ width: `${24 + ((row * 5) % 16)}%` }} />
          <span className="skeleton" style={{ width: '10%', marginInlineStart: 'auto' }} />
        </div>
      ))}
    </div>
  );
}

export function FirstLoad() {
  return <main className="page" aria-busy="true" />;
}

export function NoOrganization({ session }: { readonly session: Session }) {
  const { t } = useWords();
  const signOut = useSignOut();
  const [busy, setBusy] = useState(false);
  return (
    <main className="page">
      <Empty title={t('noOrganization.title')} what={t('noOrganization.what', { email: session.person.email })}>
        <div className="actions">
          {session.organizations.map((organization) => (
            <a key={organization.code} className="button" href={`/o/${organization.code}/orders`}>
              {organization.code}
            </a>
          ))}
          <Button
            busy={busy}
            onClick={() => {
              setBusy(true);
              void signOut();
            }}
          >
            {t('menu.signOut')}
          </Button>
        </div>
      </Empty>
    </main>
  );
}
