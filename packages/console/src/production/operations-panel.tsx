import { useState } from 'react';
import { Link } from 'wouter';
import { useMay } from '../app/permissions.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Amount } from '../design/time.js';
import { isPhrase, type Phrase, useWords } from '../words/words.js';
import type { Job } from './job-page.js';
import { OperationDialog } from './operation-dialogs.js';

type Operation = Job['operations'][number];
type Opened = { readonly operation: Operation; readonly move: Operation['moves'][number]['move'] } | null;

/** Every operation in its order, with what people may do to it now. */
export function OperationsPanel({ job }: { readonly job: Job }) {
  const { t, say } = useWords();
  const may = useMay();
  const [opened, setOpened] = useState<Opened>(null);
  const close = () => setOpened(null);
  return (
    <Panel title={t('jobs.operations')} flush>
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
            name: 'moves',
            words: <span className="visually-hidden">{t('moves')}</span>,
            cell: (operation) =>
              may('production.run') ? <OperationMoves operation={operation} onOpen={(move) => setOpened({ operation, move })} /> : null,
          },
        ]}
      />
      {opened ? <OperationDialog job={job} operation={opened.operation} move={opened.move} onDone={close} /> : null}
    </Panel>
  );
}

function OperationMoves({
  operation,
  onOpen,
}: {
  readonly operation: Operation;
  readonly onOpen: (move: Operation['moves'][number]['move']) => void;
}) {
  const { t, say } = useWords();
  return (
    <>
      {operation.moves.map(({ move, words, allowed, reason }) => {
        const why = `obstacle.${reason}`;
        return (
          <span key={move}>
            <Button data-move={move} aria-disabled={!allowed} onClick={() => (allowed ? onOpen(move) : undefined)}>
              {say(words)}
            </Button>
            {!allowed && isPhrase(why) ? <span className="soft small"> {t(why as Phrase)}</span> : null}
          </span>
        );
      })}
    </>
  );
}
