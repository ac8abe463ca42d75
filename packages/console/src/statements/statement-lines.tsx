import { useState } from 'react';
import { Link } from 'wouter';
import { useMay } from '../app/permissions.js';
import { useCommand } from '../app/platform.js';
import { ProblemNotice } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Amount, Money } from '../design/time.js';
import { touchedByMoves } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import { EntriesDialog } from './entries-dialog.js';
import { LineMoveDialog } from './line-move-dialog.js';
import type { Statement, StatementLine } from './statement-page.js';

type LineMove = StatementLine['moves'][number];
type Opened =
  | { readonly line: StatementLine; readonly move: Exclude<LineMove, 'confirm'> }
  | { readonly line: StatementLine; readonly move: 'entries' };

const lineTone = {
  open: 'quiet',
  supplier_confirmed: 'open',
  buyer_confirmed: 'open',
  confirmed: 'good',
  disputed: 'bad',
  excluded: 'quiet',
} as const;

/** Every line with what it rests on, what both sides say of it, and the moves of this one. */
export function StatementLines({ statement }: { readonly statement: Statement }) {
  const { t, say } = useWords();
  const may = useMay();
  const [opened, setOpened] = useState<Opened | null>(null);
  const confirming = useCommand(
    (yunfab, line: string, options) =>
      yunfab.orders.statements.confirm({ statement: statement.id, version: statement.version, lines: [line] }, options),
    touchedByMoves,
  );
  const agrees = may('orders.statements.agree');
  return (
    <Panel title={t('statements.lines')} flush>
      {confirming.problem ? <ProblemNotice problem={confirming.problem} /> : null}
      <RecordTable
        label={t('statements.lines')}
        rows={statement.lines}
        keyOf={(line) => line.id}
        columns={[
          {
            name: 'description',
            words: t('statements.description'),
            cell: (line) => (
              <>
                {line.position} · {line.description}
                <br />
                <span className="soft small">{[say(line.typeWords ?? line.kindWords), ...remarksOf(line)].join(' · ')}</span>
              </>
            ),
          },
          { name: 'evidence', words: t('statements.evidence'), wide: true, cell: (line) => <Evidence line={line} /> },
          {
            name: 'quantity',
            words: t('statements.quantity'),
            number: true,
            wide: true,
            cell: (line) => (line.quantity ? <Amount value={line.quantity.value} unit={line.quantity.unit} /> : '–'),
          },
          {
            name: 'price',
            words: t('statements.price'),
            number: true,
            wide: true,
            cell: (line) => (line.unitPrice ? <Money {...line.unitPrice} /> : '–'),
          },
          { name: 'net', words: t('statements.net'), number: true, wide: true, cell: (line) => <Money {...line.net} /> },
          {
            name: 'gross',
            words: t('statements.gross'),
            number: true,
            cell: (line) =>
              line.order && line.orderLine && line.entries.length > 0 ? (
                <button
                  type="button"
                  className="link-button"
                  data-entries={line.position}
                  onClick={() => setOpened({ line, move: 'entries' })}
                >
                  <Money {...line.gross} />
                </button>
              ) : (
                <Money {...line.gross} />
              ),
          },
          {
            name: 'state',
            words: t('statements.said'),
            cell: (line) => (
              <div className="stack" style={{ gap: 6 }} data-line={line.position}>
                <span>
                  <Badge state={line.state} words={line.stateWords} tone={lineTone[line.state]} />
                </span>
                {agrees && line.moves.length > 0 ? (
                  <span className="actions" style={{ gap: 4 }}>
                    {line.moves.map((move) => (
                      <Button
                        key={move}
                        look={move === 'confirm' ? 'primary' : 'quiet'}
                        data-move={move}
                        busy={move === 'confirm' && confirming.busy}
                        onClick={() => (move === 'confirm' ? void confirming.run(line.id) : setOpened({ line, move }))}
                      >
                        {say(moveWords[move])}
                      </Button>
                    ))}
                  </span>
                ) : null}
              </div>
            ),
          },
        ]}
      />
      {opened?.move === 'entries' ? <EntriesDialog line={opened.line} onClose={() => setOpened(null)} /> : null}
      {opened && opened.move !== 'entries' ? (
        <LineMoveDialog
          statement={statement}
          line={opened.line}
          move={opened.move}
          words={moveWords[opened.move]}
          onDone={() => setOpened(null)}
        />
      ) : null}
    </Panel>
  );

  function remarksOf(line: StatementLine): string[] {
    const { dispute, reason, revision, revisions, acceptedAs, priceReduction } = line;
    const first = revisions[0]?.gross;
    return [
      ...(acceptedAs === 'conceded' ? [t('statements.reduction', { percent: priceReduction })] : []),
      ...(dispute ? [t('statements.disputedBy', { side: t(`orders.${dispute.by}`), reason: dispute.reason })] : []),
      ...(reason ? [reason] : []),
      ...(revision > 1 && first ? [t('statements.revised', { revision, gross: `${first.amount} ${first.currency}` })] : []),
    ];
  }
}

const moveWords: Readonly<Record<LineMove, { readonly en: string; readonly zh: string }>> = {
  confirm: { en: 'Confirm', zh: '确认' },
  dispute: { en: 'Dispute', zh: '异议' },
  withdraw_dispute: { en: 'Withdraw dispute', zh: '撤回异议' },
  adjust: { en: 'Adjust', zh: '调整' },
  exclude: { en: 'Later', zh: '转下期' },
};

function Evidence({ line: { order, shipment, lot } }: { readonly line: StatementLine }) {
  return (
    <>
      {order ? <Link href={`/orders/${order.id}`}>{order.number}</Link> : '–'}
      {shipment ? <span className="soft small"> {shipment.number}</span> : null}
      {lot ? (
        <>
          {' '}
          <Link className="small" href={`/lots/${lot.id}`}>
            {lot.code}
          </Link>
        </>
      ) : null}
    </>
  );
}
