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

interface ActionMenuProps {
  readonly trigger: ReactElement;
  readonly label: string;
  readonly head?: ReactNode;
  readonly actions: readonly { readonly words: ReactNode; readonly run: () => void }[];
}

export function ActionMenu({ trigger, label, head, actions }: ActionMenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="menu" align="end" sideOffset={4} aria-label={label}>
          {head ? <Radix.Label className="menu-label">{head}</Radix.Label> : null}
          {actions.map((action, index) => (
            <Radix.Item key={index} className="menu-item" onSelect={action.run}>
              {action.words}
            </Radix.Item>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
