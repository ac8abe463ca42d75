import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { useMay } from '../app/permissions.js';
import { useFormat } from '../app/platform.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Amount } from '../design/time.js';
import { PriorityDialog } from '../floor/priority-dialog.js';
import { isPhrase, useWords } from '../words/words.js';
import type { Job } from './job-page.js';
import { OperationDialog } from './operation-dialogs.js';
import { OperationTransitions } from './operation-transitions.js';

type Operation = Job['operations'][number];
type Opened = { readonly operation: Operation; readonly move: Operation['moves'][number]['move'] } | null;

/** Every operation in its order, with what people may do to it now. */
export function OperationsPanel({ job }: { readonly job: Job }) {
  const { t, say } = useWords();
  const may = useMay();
  const [opened, setOpened] = useState<Opened>(null);
  const [prioritised, setPrioritised] = useState<Operation | null>(null);
  const [drawn, setDrawn] = useState(false);
  const format = useFormat();
  const close = () => setOpened(null);
  return (
    <Panel
      title={t('jobs.operations')}
      flush
      aside={
        <Button look="quiet" icon="info" onClick={() => setDrawn(true)}>
          {t('table.operations')}
        </Button>
      }
    >
      <RecordTable
        label={t('jobs.operations')}
        rows={job.operations}
        keyOf={(operation) => operation.id}
        columns={[
          {
            name: 'operation',
            words: t('jobs.operation'),
            cell: (operation) => (
              <>
                <span className="soft">{operation.position}</span> {say(operation.words)}
                {operation.parallel ? <span className="soft small"> · {t('jobs.beside')}</span> : null}
              </>
            ),
          },
          {
            name: 'state',
            words: t('orders.state'),
            cell: (each) => (
              <>
                <Badge state={each.state} words={each.stateWords} />
                {each.pause ? <span className="soft small"> {say(each.pause.words)}</span> : null}
              </>
            ),
          },
          {
            name: 'equipment',
            words: t('production.equipment'),
            wide: true,
            cell: ({ equipment, workCenter, outside }) =>
              outside ? (
                <span className="soft">{t('floor.outside', { supplier: outside.supplier ?? '' })}</span>
              ) : equipment ? (
                <Link href={`/equipment/${equipment.id}`}>{equipment.name}</Link>
              ) : (
                <span className="soft">{workCenter ?? t('production.byHand')}</span>
              ),
          },
          {
            name: 'good',
            words: t('production.good'),
            number: true,
            cell: ({ good, byHand }) => (
              <>
                <Amount value={good} unit={job.unit} />
                {Number(byHand.good) > 0 ? <span className="soft small"> {t('jobs.byHandOf', { quantity: byHand.good })}</span> : null}
              </>
            ),
          },
          { name: 'scrap', words: t('production.scrap'), number: true, cell: ({ scrap }) => <Amount value={scrap} unit={job.unit} /> },
          {
            name: 'rework',
            words: t('floor.reworkOpen'),
            number: true,
            wide: true,
            cell: ({ rework }) => <Amount value={rework.open} unit={job.unit} />,
          },
          {
            name: 'priority',
            words: t('floor.priority'),
            number: true,
            wide: true,
            cell: (operation) => (
              <>
                {operation.priority}
                {operation.dueOn ? <span className="soft small nowrap"> · {format.date(operation.dueOn)}</span> : null}
              </>
            ),
          },
          {
            name: 'moves',
            words: <span className="visually-hidden">{t('moves')}</span>,
            cell: (operation) => (
              <OperationMoves operation={operation} open={may('production.run')} onOpen={(move) => setOpened({ operation, move })}>
                {may('production.plan') && operation.state !== 'done' && operation.state !== 'canceled' ? (
                  <Button
                    data-move="prioritise"
                    aria-label={t('priority.setOf', { operation: say(operation.words) })}
                    onClick={() => setPrioritised(operation)}
                  >
                    {t('floor.priority')}
                  </Button>
                ) : null}
              </OperationMoves>
            ),
          },
        ]}
      />
      {opened ? <OperationDialog job={job} operation={opened.operation} move={opened.move} onDone={close} /> : null}
      {prioritised ? (
        <PriorityDialog operation={prioritised} onDone={() => setPrioritised(null)} onCancel={() => setPrioritised(null)} />
      ) : null}
      {drawn ? <OperationTransitions onClose={() => setDrawn(false)} /> : null}
    </Panel>
  );
}

function OperationMoves({
  operation,
  open,
  children,
  onOpen,
}: {
  readonly operation: Operation;
  /** Whether this person moves operations. */
  readonly open: boolean;
  readonly children: ReactNode;
  readonly onOpen: (move: Operation['moves'][number]['move']) => void;
}) {
  const { t, say } = useWords();
  const moves = open ? operation.moves : [];
  return (
    <div className="operation-moves">
      <div className="actions">
        {moves.map(({ move, words, allowed }) => (
          <Button key={move} data-move={move} aria-disabled={!allowed} onClick={() => (allowed ? onOpen(move) : undefined)}>
            {say(words)}
          </Button>
        ))}
        {children}
      </div>
      {moves.map(({ move, words, allowed, reason }) => {
        const why = `obstacle.${reason}`;
        return !allowed && isPhrase(why) ? (
          <p key={move} className="soft small">
            {t('moves.blocked', { move: say(words), why: t(why) })}
          </p>
        ) : null;
      })}
    </div>
  );
}
