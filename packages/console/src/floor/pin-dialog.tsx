import { useRef, useState } from 'react';
import { useCommand } from '../app/platform.js';
import { ProblemNotice } from '../app/states.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { Field } from '../design/field.js';
import { useWords } from '../words/words.js';

/** Who is at the tablet, until ten minutes pass without a move. */
export interface Operator {
  readonly name: string;
  readonly token: string;
}

interface PinDialogProps {
  /** As it was scanned; empty: it is asked for. */
  readonly badge: string;
  readonly onIdentified: (operator: Operator) => void;
  readonly onCancel: () => void;
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
const longest = 8;
const shortest = 4;

/** Badge and PIN, on a pad for fingers; a keyboard does, too. */
export function PinDialog({ badge: scanned, onIdentified, onCancel }: PinDialogProps) {
  const { t } = useWords();
  const [badge, setBadge] = useState(scanned);
  const [pin, setPin] = useState('');
  const pinField = useRef<HTMLInputElement>(null);
  const command = useCommand((yunfab, input: { badge: string; pin: string }, options) => yunfab.production.floor.identify(input, options));
  const ready = badge.trim() !== '' && pin.length >= shortest;
  const send = async () => {
    if (!ready) {
      pinField.current?.focus();
      return;
    }
    const found = await command.run({ badge: badge.trim().toUpperCase(), pin });
    setPin('');
    if (found?.token) onIdentified({ name: found.name, token: found.token });
  };
  const press = (digit: string) => setPin((before) => (before.length < longest ? before + digit : before));
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onCancel())}
      title={t('floor.identify')}
      what={t('floor.identifyWhat')}
      first={scanned ? pinField : undefined}
    >
      <form
        className="form floor-pin"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Field label={t('floor.badge')}>
          {(input) => (
            <input
              {...input}
              className="input mono"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              value={badge}
              onChange={(event) => setBadge(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('floor.pin')}>
          {(input) => (
            <input
              {...input}
              ref={pinField}
              className="input mono"
              type="password"
              inputMode="numeric"
              autoComplete="off"
              maxLength={longest}
              value={pin}
              onChange={(event) => setPin(event.target.value.replace(/\D/g, ''))}
            />
          )}
        </Field>
        <div className="floor-pad">
          {digits.map((digit) => (
            <Button key={digit} onClick={() => press(digit)}>
              {digit}
            </Button>
          ))}
          <Button onClick={() => setPin('')}>{t('floor.pinClear')}</Button>
          <Button onClick={() => press('0')}>0</Button>
          <Button type="submit" look="primary" busy={command.busy} disabled={!ready}>
            {t('floor.pinEnter')}
          </Button>
        </div>
        {command.problem ? <ProblemNotice problem={command.problem} /> : null}
        <div className="actions end">
          <Button onClick={onCancel}>{t('form.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
