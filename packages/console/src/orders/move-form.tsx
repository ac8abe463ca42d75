import type { FormEvent, ReactNode } from 'react';
import type { Problem } from '../app/problem.js';
import { ProblemNotice } from '../app/states.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { useWords } from '../words/words.js';

/** What every move changes besides the order itself. */
export const touchedByMoves = ['orders', 'production', 'lifecycle'] as const;

interface MoveFormProps {
  readonly title: string;
  /** What the move does, in a sentence. */
  readonly effect: string;
  readonly submit: string;
  readonly danger?: boolean;
  readonly wide?: boolean;
  readonly ready?: boolean;
  readonly command: { readonly busy: boolean; readonly problem: Problem | null };
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
  readonly children?: ReactNode;
}

/** The dialog of a move. What was filled in stays when the platform refuses. */
export function MoveForm({
  title,
  effect,
  submit,
  danger = false,
  wide = false,
  ready = true,
  command,
  onSubmit,
  onCancel,
  children,
}: MoveFormProps) {
  const { t } = useWords();
  const send = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (ready) onSubmit();
  };
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onCancel())} title={title} what={effect} wide={wide}>
      <form className="form" onSubmit={send} noValidate>
        {children}
        {command.problem ? <ProblemNotice problem={command.problem} /> : null}
        <div className="actions end" style={{ marginTop: 4 }}>
          <Button onClick={onCancel}>{t('form.cancel')}</Button>
          <Button type="submit" look={danger ? 'danger' : 'primary'} busy={command.busy} disabled={!ready}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
