import { useState } from 'react';
import { Link } from 'wouter';
import { useMay } from '../app/permissions.js';
import { useCommand, useList } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Amount } from '../design/time.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import { isPhrase, type Phrase, useWords } from '../words/words.js';
import type { Job } from './job-page.js';

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
          { name: 'state', words: t('orders.state'), cell: (each) => <Badge state={each.state} words={each.stateWords} /> },
          {
            name: 'equipment',
            words: t('production.equipment'),
            wide: true,
            cell: ({ equipment, workCenter }) =>
              equipment ? (
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
            name: 'moves',
            words: <span className="visually-hidden">{t('moves')}</span>,
            cell: (operation) =>
              may('production.run') ? <OperationMoves operation={operation} onOpen={(move) => setOpened({ operation, move })} /> : null,
          },
        ]}
      />
      {opened?.move === 'start' ? <StartOperationDialog job={job} operation={opened.operation} onDone={close} /> : null}
      {opened?.move === 'finish' ? <FinishOperationDialog job={job} operation={opened.operation} onDone={close} /> : null}
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

interface OperationDialogProps {
  readonly job: Job;
  readonly operation: Operation;
  readonly onDone: () => void;
}

function StartOperationDialog({ job, operation, onDone }: OperationDialogProps) {
  const { t, say } = useWords();
  const [equipment, setEquipment] = useState(operation.equipment?.id ?? '');
  const machines = useList(['equipment.list', {}], (yunfab, page, options) => yunfab.equipment.list(page, options));
  const command = useCommand(
    (yunfab, input: { equipment?: string }, options) =>
      yunfab.production.operations.start({ job: job.id, version: job.version, operation: operation.id, ...input }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      title={t('jobs.startOperation', { operation: say(operation.words) })}
      effect={t('jobs.startOperationEffect')}
      submit={t('jobs.startOperationSubmit')}
      command={command}
      onSubmit={() => void command.run(equipment ? { equipment } : {}).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field label={t('production.equipment')} problem={fieldProblems(command.problem)['equipment']}>
        {(input) => (
          <select {...input} className="input" value={equipment} onChange={(event) => setEquipment(event.target.value)}>
            {operation.equipment ? null : <option value="">{t('move.countByHand')}</option>}
            {machines.items.map((machine) => (
              <option key={machine.id} value={machine.id}>
                {machine.name} ({machine.code})
              </option>
            ))}
          </select>
        )}
      </Field>
    </MoveForm>
  );
}

function FinishOperationDialog({ job, operation, onDone }: OperationDialogProps) {
  const { t, say } = useWords();
  const command = useCommand(
    (yunfab, _: null, options) =>
      yunfab.production.operations.finish({ job: job.id, version: job.version, operation: operation.id }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      title={t('jobs.finishOperation', { operation: say(operation.words) })}
      effect={t('jobs.finishOperationEffect')}
      submit={t('jobs.finishOperationSubmit')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
