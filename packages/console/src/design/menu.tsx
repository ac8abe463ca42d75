import * as Radix from '@radix-ui/react-dropdown-menu';
import type { ReactElement, ReactNode } from 'react';
import { Icon } from './icon.js';

interface Choice<Value extends string> {
  readonly value: Value;
  readonly words: ReactNode;
}

interface ChoiceMenuProps<Value extends string> {
  readonly trigger: ReactElement;
  readonly label: string;
  readonly value: Value | null;
  readonly choices: readonly Choice<Value>[];
  readonly onChoose: (value: Value) => void;
}

/** A menu in which one thing is chosen. */
export function ChoiceMenu<Value extends string>({ trigger, label, value, choices, onChoose }: ChoiceMenuProps<Value>) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="menu" align="end" sideOffset={4} aria-label={label}>
          <Radix.RadioGroup value={value ?? ''} onValueChange={(chosen) => onChoose(chosen as Value)}>
            {choices.map((choice) => (
              <Radix.RadioItem key={choice.value} value={choice.value} className="menu-item">
                <span>{choice.words}</span>
                <Radix.ItemIndicator className="end">
                  <Icon name="check" />
                </Radix.ItemIndicator>
              </Radix.RadioItem>
            ))}
          </Radix.RadioGroup>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface Action {
  readonly words: ReactNode;
  /** What it leads to, opened beside this page; otherwise `run` is called. */
  readonly href?: string;
  readonly run?: () => void;
  /** Why it is not possible just now; it is still reached and read out, but does nothing. */
  readonly blocked?: string | undefined;
  readonly danger?: boolean;
  readonly move?: string;
}

interface ActionMenuProps {
  readonly trigger: ReactElement;
  readonly label: string;
  readonly head?: ReactNode;
  readonly actions: readonly Action[];
}

export function ActionMenu({ trigger, label, head, actions }: ActionMenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="menu" align="end" sideOffset={4} aria-label={label}>
          {head ? <Radix.Label className="menu-label">{head}</Radix.Label> : null}
          {actions.map((action, index) => (
            <ActionItem key={action.move ?? index} action={action} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function ActionItem({ action: { words, href, run, blocked, danger, move } }: { readonly action: Action }) {
  if (href !== undefined)
    return (
      <Radix.Item asChild>
        <a className="menu-item" href={href} target="_blank" rel="noreferrer">
          {words}
        </a>
      </Radix.Item>
    );
  return (
    <Radix.Item
      className={danger ? 'menu-item danger' : 'menu-item'}
      aria-disabled={blocked !== undefined}
      data-move={move}
      onSelect={(event) => (blocked === undefined ? run?.() : event.preventDefault())}
    >
      {blocked === undefined ? (
        words
      ) : (
        <span>
          {words}
          <br />
          <span className="soft small">{blocked}</span>
        </span>
      )}
    </Radix.Item>
  );
}
