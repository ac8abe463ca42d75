import { type ReactNode, useState } from 'react';
import type { Client } from '../app/client.js';
import { useCommand, useFormat } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { type Phrase, useWords } from '../words/words.js';
import { MoveForm, touchedByMoves } from './move-form.js';
import type { MoveProps } from './moves.js';

type On = { readonly order: string; readonly version: number };
type Options = { readonly idempotencyKey: string };

interface Telling {
  readonly title: string;
  readonly effect: string;
  readonly submit: string;
  readonly danger?: boolean;
  /** The field that the text goes to, and its label. */
  readonly field: string;
  readonly label: Phrase;
  readonly optional?: boolean;
  readonly send: (yunfab: Client, on: On, text: string, options: Options) => Promise<unknown>;
  readonly children?: ReactNode;
}

/** A move that is told in words: one text, and it is sent. */
function TellingDialog({
  order,
  onDone,
  title,
  effect,
  submit,
  danger = false,
  field,
  label,
  optional = false,
  send,
  children,
}: MoveProps & Telling) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const command = useCommand(
    (yunfab, told: string, options) => send(yunfab, { order: order.id, version: order.version }, told, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      danger={danger}
      title={title}
      effect={effect}
      submit={submit}
      ready={optional || text.trim() !== ''}
      command={command}
      onSubmit={() => void command.run(text.trim()).then((done) => done && onDone())}
      onCancel={onDone}
    >
      {children}
      <Field
        label={optional ? t('form.optional', { field: t(label) }) : t(label)}
        hint={t('move.reasonShown')}
        problem={fieldProblems(command.problem)[field]}
      >
        {(input) => (
          <textarea {...input} required={!optional} className="input" value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
    </MoveForm>
  );
}

export function HoldDialog(props: MoveProps) {
  const { t } = useWords();
  const { number } = props.order;
  return (
    <TellingDialog
      {...props}
      {...{
        title: t('halt.hold', { number }),
        effect: t('halt.holdEffect'),
        submit: t('halt.hold', { number }),
        field: 'reason',
        label: 'orders.reason',
      }}
      send={(yunfab, on, reason, options) => yunfab.orders.hold({ ...on, reason }, options)}
    />
  );
}

export function ResumeDialog(props: MoveProps) {
  const { t } = useWords();
  const { number } = props.order;
  return (
    <TellingDialog
      {...props}
      {...{
        title: t('halt.resume', { number }),
        effect: t('halt.resumeEffect'),
        submit: t('halt.resume', { number }),
        field: 'note',
        label: 'halt.note',
      }}
      optional
      send={(yunfab, on, note, options) => yunfab.orders.resume({ ...on, ...(note ? { note } : {}) }, options)}
    />
  );
}

export function DisputeDialog(props: MoveProps) {
  const { t } = useWords();
  const { number } = props.order;
  return (
    <TellingDialog
      {...props}
      {...{
        title: t('halt.dispute', { number }),
        effect: t('halt.disputeEffect'),
        submit: t('halt.dispute', { number }),
        field: 'reason',
        label: 'orders.reason',
      }}
      danger
      send={(yunfab, on, reason, options) => yunfab.orders.dispute({ ...on, reason }, options)}
    />
  );
}

export function ResolveDialog(props: MoveProps) {
  const { t } = useWords();
  const { number } = props.order;
  return (
    <TellingDialog
      {...props}
      {...{
        title: t('halt.resolve', { number }),
        effect: t('halt.resolveEffect'),
        submit: t('halt.resolve', { number }),
        field: 'resolution',
        label: 'halt.resolution',
      }}
      send={(yunfab, on, resolution, options) => yunfab.orders.resolve({ ...on, resolution }, options)}
    />
  );
}

export function DeclareDefaultDialog(props: MoveProps) {
  const { t, say } = useWords();
  const supplier = say(props.order.supplier.name);
  return (
    <TellingDialog
      {...props}
      {...{
        title: t('halt.declareDefault', { supplier }),
        effect: t('halt.declareDefaultEffect'),
        submit: t('halt.declareDefault', { supplier }),
      }}
      {...{ field: 'reason', label: 'orders.reason' }}
      danger
      send={(yunfab, on, reason, options) => yunfab.orders.declareDefault({ ...on, reason }, options)}
    />
  );
}

export function ReachMilestoneDialog(props: MoveProps) {
  const { t } = useWords();
  const open = props.order.milestones.filter(({ reachedAt }) => reachedAt === null);
  const [milestone, setMilestone] = useState(open[0]?.id ?? '');
  return (
    <TellingDialog
      {...props}
      {...{
        title: t('milestone.reach', { number: props.order.number }),
        effect: t('milestone.reachEffect'),
        submit: t('milestone.reachSubmit'),
      }}
      {...{ field: 'note', label: 'halt.note' }}
      optional
      send={(yunfab, on, note, options) => yunfab.orders.reachMilestone({ ...on, milestone, ...(note ? { note } : {}) }, options)}
    >
      <MilestoneField milestones={open} value={milestone} onChoose={setMilestone} />
    </TellingDialog>
  );
}

export function ConfirmMilestoneDialog({ order, onDone }: MoveProps) {
  const { t } = useWords();
  const reached = order.milestones.filter(({ reachedAt, confirmedAt }) => reachedAt !== null && confirmedAt === null);
  const [milestone, setMilestone] = useState(reached[0]?.id ?? '');
  const command = useCommand(
    (yunfab, id: string, options) => yunfab.orders.confirmMilestone({ order: order.id, version: order.version, milestone: id }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      title={t('milestone.confirm', { number: order.number })}
      effect={t('milestone.confirmEffect')}
      submit={t('milestone.confirmSubmit')}
      command={command}
      onSubmit={() => void command.run(milestone).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <MilestoneField milestones={reached} value={milestone} onChoose={setMilestone} />
    </MoveForm>
  );
}

interface MilestoneFieldProps {
  readonly milestones: MoveProps['order']['milestones'];
  readonly value: string;
  readonly onChoose: (id: string) => void;
}

function MilestoneField({ milestones, value, onChoose }: MilestoneFieldProps) {
  const { t } = useWords();
  const format = useFormat();
  return (
    <Field label={t('milestone.which')}>
      {(input) => (
        <select {...input} className="input" value={value} onChange={(event) => onChoose(event.target.value)}>
          {milestones.map(({ id, name, dueOn }) => (
            <option key={id} value={id}>
              {name} · {format.date(dueOn)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
