import { useFormat } from '../app/platform.js';
import type { Order } from '../orders/order-page.js';
import { useWords } from '../words/words.js';

/** What becomes of a line: how far it is, when it is expected, and how sure that is. */
export function LineOutlook({ outlook }: { readonly outlook: Order['lines'][number]['outlook'] }) {
  const { t, say } = useWords();
  const format = useFormat();
  if (!outlook) return null;
  const parts = [
    t('outlook.progress', { percent: format.number(outlook.progressPercent) }),
    outlook.eta ? t('outlook.eta', { at: format.moment(outlook.eta) }) : null,
    outlook.eta ? t('outlook.confidence', { confidence: say(outlook.confidenceWords) }) : null,
    outlook.byHandPercent === '0' ? null : t('outlook.byHand', { percent: format.number(outlook.byHandPercent) }),
  ].filter((part) => part !== null);
  return (
    <div className="small" data-outlook={outlook.progressPercent}>
      <p className="soft">{parts.join('  ·  ')}</p>
      {outlook.late ? (
        <p className="late" data-late={outlook.late.reason}>
          {t(outlook.late.days === 1 ? 'outlook.lateOne' : 'outlook.late', { days: outlook.late.days })}{' '}
          <span className="soft">{say(outlook.late.reasonWords)}</span>
        </p>
      ) : null}
    </div>
  );
}
