import { useAsk } from '../app/platform.js';
import { ProblemNotice, SkeletonRows } from '../app/states.js';
import { Dialog } from '../design/dialog.js';
import { useWords } from '../words/words.js';

/** One version as both sides read it. */
export function TermsText({ terms, onClose }: { readonly terms: string; readonly onClose: () => void }) {
  const { t, say } = useWords();
  const { answer, problem, again } = useAsk(['orders.terms.get', { terms }], (yunfab, options) =>
    yunfab.orders.terms.get({ terms }, options),
  );
  const what = answer ? `${answer.code} · ${t('terms.version', { number: String(answer.number) })} · ${say(answer.publisher.name)}` : '';
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={answer ? say(answer.title) : t('terms.title')}
      what={what}
      wide
    >
      {problem ? <ProblemNotice problem={problem} onRetry={again} /> : null}
      {answer ? (
        <>
          <div style={{ maxHeight: '55vh', overflow: 'auto', whiteSpace: 'pre-wrap' }} tabIndex={0} role="document">
            {say(answer.text)}
          </div>
          <p className="soft small mono" style={{ overflowWrap: 'anywhere' }}>
            {t('terms.hash')} {answer.sha256}
          </p>
        </>
      ) : problem ? null : (
        <SkeletonRows rows={4} />
      )}
    </Dialog>
  );
}
