import { useAsk } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Dialog } from '../design/dialog.js';
import { RecordTable } from '../design/record-table.js';
import { Amount, Moment } from '../design/time.js';
import { useWords } from '../words/words.js';
import type { StatementLine } from './statement-page.js';

/** The entries of the ledger that a line rests on, with the one that its agreement wrote. */
export function EntriesDialog({ line, onClose }: { readonly line: StatementLine; readonly onClose: () => void }) {
  const { t, say } = useWords();
  const wanted = new Set([...line.entries, ...(line.invoiced ? [line.invoiced] : [])]);
  const input = { order: line.order?.id ?? '', line: line.orderLine ?? '' };
  const asked = useAsk(['orders.ledger', { ...input, entries: [...wanted] }], async (yunfab, options) => {
    const found = [];
    for await (const entry of yunfab.orders.ledger({ ...input, limit: 100 }, options)) {
      if (wanted.has(entry.id)) found.push(entry);
      if (found.length === wanted.size) break;
    }
    return found;
  });
  const total = `${line.gross.amount} ${line.gross.currency}`;
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('statements.entriesOf', { line: line.position })}
      what={t('statements.entriesWhat', { total })}
    >
      <Screen asked={asked}>
        {(entries) => (
          <RecordTable
            label={t('statements.entriesOf', { line: line.position })}
            rows={entries}
            keyOf={(entry) => entry.id}
            columns={[
              { name: 'at', words: t('ledger.at'), cell: (entry) => <Moment at={entry.at} /> },
              { name: 'kind', words: t('statements.type'), cell: (entry) => say(entry.kindWords) },
              {
                name: 'quantity',
                words: t('ledger.quantity'),
                number: true,
                cell: (entry) => <Amount value={entry.quantity.value} unit={entry.quantity.unit} />,
              },
              { name: 'by', words: t('ledger.by'), cell: (entry) => `${entry.by} · ${say(entry.organization.name)}` },
              { name: 'reason', words: t('ledger.reason'), cell: (entry) => entry.reason ?? '' },
            ]}
          />
        )}
      </Screen>
    </Dialog>
  );
}
