import { Link } from 'wouter';
import { ListTable } from '../app/list-table.js';
import { useList } from '../app/platform.js';
import { Empty } from '../app/states.js';
import { Dialog } from '../design/dialog.js';
import { Amount, Moment } from '../design/time.js';
import { useWords } from '../words/words.js';
import type { LedgerKind } from './progress.js';

interface LedgerDialogProps {
  readonly order: string;
  readonly line: string;
  readonly kind: LedgerKind;
  readonly title: string;
  readonly total: string;
  readonly onClose: () => void;
}

/** The entries that a number is the sum of. */
export function LedgerDialog({ order, line, kind, title, total, onClose }: LedgerDialogProps) {
  const { t, say } = useWords();
  const filter = { order, line, kind };
  const list = useList(['orders.ledger', filter], (yunfab, page, options) => yunfab.orders.ledger({ ...filter, ...page }, options));
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title={title} what={t('ledger.sum', { total })} wide>
      <ListTable
        list={list}
        skeletonRows={4}
        none={<Empty title={t('ledger.none')} what={t('ledger.noneWhat')} />}
        label={title}
        keyOf={(entry) => entry.id}
        columns={[
          { name: 'at', words: t('ledger.at'), cell: (entry) => <Moment at={entry.at} /> },
          {
            name: 'quantity',
            words: t('ledger.quantity'),
            number: true,
            cell: (entry) => <Amount value={entry.quantity.value} unit={entry.quantity.unit} />,
          },
          {
            name: 'lot',
            words: t('ledger.lot'),
            cell: (entry) =>
              entry.lot ? (
                <Link className="nowrap" href={`/lots/${entry.lot.id}`}>
                  {entry.lot.code}
                </Link>
              ) : (
                '–'
              ),
          },
          { name: 'evidence', words: t('ledger.evidence'), cell: (entry) => t(`evidence.${entry.evidence}`) },
          {
            name: 'by',
            words: t('ledger.by'),
            cell: (entry) => (
              <>
                {entry.by}
                <br />
                <span className="soft small">{say(entry.organization.name)}</span>
              </>
            ),
          },
          {
            name: 'reason',
            words: t('ledger.reason'),
            cell: (entry) => (entry.reverses ? `${t('ledger.reversal')}${entry.reason ? ` · ${entry.reason}` : ''}` : (entry.reason ?? '')),
          },
        ]}
      />
    </Dialog>
  );
}
