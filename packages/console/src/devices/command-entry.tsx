import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useAsk, useCommand, useFormat } from '../app/platform.js';
import { ProblemNotice, SkeletonRows } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Moment } from '../design/time.js';
import { MoveForm } from '../orders/move-form.js';
import { measuredUnit } from '../words/units.js';
import { useWords } from '../words/words.js';
import type { Declared } from './parameters.js';

type Command = Awaited<ReturnType<Client['equipment']['commands']['list']>>['items'][number];
type Step = Awaited<ReturnType<Client['equipment']['commands']['get']>>['trail'][number];

const lookEveryMs = 2_000;
const tones = {
  queued: 'open',
  sent: 'note',
  acknowledged: 'good',
  rejected: 'bad',
  expired: 'warn',
  canceled: 'quiet',
} as const;

interface CommandEntryProps {
  readonly command: Command;
  readonly declared: readonly Declared[] | null;
  readonly mayCancel: boolean;
  /** The one that was just sent from here: its trail is what one waits for. */
  readonly openAtFirst: boolean;
}

export function CommandEntry({ command, declared, mayCancel, openAtFirst }: CommandEntryProps) {
  const { t, say } = useWords();
  const [opened, setOpened] = useState(openAtFirst);
  const [canceling, setCanceling] = useState(false);
  const { id, name, state, answer } = command;
  const open = state === 'queued' || state === 'sent';
  const model = declared?.find((each) => each.name === name);
  const called = model ? say(model.words) : name;
  return (
    <li className={open ? 'mine' : ''} data-command={name} data-state={state}>
      <span className="what">
        <Badge state={state} tone={tones[state]} words={t(`commandState.${state}`)} /> <strong>{called}</strong>{' '}
        <Given command={command} model={model} />
      </span>
      {state === 'rejected' && answer?.error ? <span className="what wrap">“{answer.error}”</span> : null}
      {answer?.late ? (
        <span className="what wrap">{t('commands.late', { answer: answer.ok ? t('commands.lateDone') : `“${answer.error ?? ''}”` })}</span>
      ) : null}
      <span className="when">
        <Moment at={command.createdAt} seconds /> · {command.createdBy}
        {open ? (
          <>
            {' · '}
            {t('commands.until')} <Moment at={command.expiresAt} seconds />
          </>
        ) : null}
        {command.deliveries > 1 ? ` · ${t('commands.times', { count: command.deliveries })}` : ''}
      </span>
      <div className="actions">
        <button
          type="button"
          className="link-button small"
          style={{ minHeight: 24 }}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {t(opened ? 'commands.closeTrail' : 'commands.trail')}
          <span className="visually-hidden">: {called}</span>
        </button>
        {open && mayCancel ? (
          <button
            type="button"
            className="link-button small"
            style={{ minHeight: 24 }}
            data-move="cancel"
            onClick={() => setCanceling(true)}
          >
            {t('commands.cancel')}
            <span className="visually-hidden">: {called}</span>
          </button>
        ) : null}
      </div>
      {opened ? <Trail command={id} moving={open} /> : null}
      {canceling ? <CancelCommand command={id} called={called} onDone={() => setCanceling(false)} /> : null}
    </li>
  );
}

/** The parameters as they were sent, by what the model calls them. */
function Given({ command: { parameters }, model }: { readonly command: Command; readonly model: Declared | undefined }) {
  const { t, say } = useWords();
  const format = useFormat();
  const given = Object.entries(parameters).map(([name, value]) => {
    const parameter = model?.parameters.find((each) => each.name === name);
    const choice = typeof value === 'string' ? parameter?.choices?.[value] : undefined;
    const written =
      typeof value === 'number'
        ? `${format.number(value)} ${measuredUnit(parameter?.unit ?? '')}`.trim()
        : typeof value === 'boolean'
          ? t(value ? 'parameters.yes' : 'parameters.no')
          : choice
            ? say(choice)
            : typeof value === 'string'
              ? value
              : JSON.stringify(value);
    return `${parameter ? say(parameter.words) : name}: ${written}`;
  });
  return given.length > 0 ? <span className="soft wrap">{given.join(' · ')}</span> : null;
}

/** Everything that happened to it, oldest first. */
function Trail({ command, moving }: { readonly command: string; readonly moving: boolean }) {
  const { t } = useWords();
  const asked = useAsk(['equipment.commands.get', { command }], (yunfab, options) => yunfab.equipment.commands.get({ command }, options), {
    everyMs: moving ? lookEveryMs : false,
  });
  if (asked.problem) return <ProblemNotice problem={asked.problem} onRetry={asked.again} />;
  if (!asked.answer) return <SkeletonRows rows={2} />;
  return (
    <ol className="trail" aria-label={t('commands.trail')}>
      {asked.answer.trail.map((step, index) => (
        <li key={index} data-step={step.what}>
          <span className="soft nowrap">
            <Moment at={step.at} seconds />
          </span>
          <span className="wrap">
            {t(`commandStep.${step.what}`)}
            {step.by ? ` · ${step.by}` : ''}
            <Said step={step} />
          </span>
        </li>
      ))}
    </ol>
  );
}

/** What the device said besides yes: its reason, and whatever else. */
function Said({ step: { answer } }: { readonly step: Step }) {
  if (answer === null) return null;
  const { error, id: _id, ok: _ok, ts: _ts, seq: _seq, ...more } = answer;
  return (
    <>
      {typeof error === 'string' ? ` · “${error}”` : ''}
      {Object.keys(more).length > 0 ? <code className="wrap"> {JSON.stringify(more)}</code> : null}
    </>
  );
}

function CancelCommand({
  command: id,
  called,
  onDone,
}: {
  readonly command: string;
  readonly called: string;
  readonly onDone: () => void;
}) {
  const { t } = useWords();
  const command = useCommand(
    (yunfab, _: null, options) => yunfab.equipment.commands.cancel({ command: id }, options),
    ['equipment.commands'],
  );
  return (
    <MoveForm
      danger
      title={`${t('commands.cancel')}: ${called}`}
      effect={t('commands.cancelEffect')}
      submit={t('commands.cancel')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
