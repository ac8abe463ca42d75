import { useState } from 'react';
import { SecretDialog } from '../admin/secret-dialog.js';
import type { Client } from '../app/client.js';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';

export type DeviceSecret = Awaited<ReturnType<Client['equipment']['devices']['create']>>;

/** The token, this once. */
export function ShownToken({ secret, onClose }: { readonly secret: DeviceSecret | null; readonly onClose: () => void }) {
  const { t } = useWords();
  return secret?.token ? (
    <SecretDialog
      title={t('devices.made', { device: secret.device })}
      lines={[
        { label: t('devices.username'), code: secret.username },
        { label: t('devices.token'), code: secret.token },
      ]}
      onClose={onClose}
    />
  ) : null;
}

interface CreateDeviceProps {
  readonly machines: readonly { readonly id: string; readonly name: string }[];
  readonly onSecret: (secret: DeviceSecret) => void;
  readonly onDone: () => void;
}

export function CreateDevice({ machines, onSecret, onDone }: CreateDeviceProps) {
  const { t } = useWords();
  const [equipment, setEquipment] = useState(machines[0]?.id ?? '');
  const [device, setDevice] = useState('');
  const command = useCommand(
    (yunfab, input: { equipment: string; device: string }, options) => yunfab.equipment.devices.create(input, options),
    ['equipment'],
  );
  const wrong = fieldProblems(command.problem);
  const submit = async () => {
    const made = await command.run({ equipment, device: device.trim() });
    if (!made) return;
    onSecret(made);
    onDone();
  };
  return (
    <MoveForm
      title={t('devices.create')}
      effect={t('devices.createEffect')}
      submit={t('devices.create')}
      ready={device.trim() !== '' && equipment !== ''}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      <div className="form-row">
        <Field label={t('production.equipment')} problem={wrong['equipment']}>
          {(input) => (
            <select {...input} className="input" value={equipment} onChange={(event) => setEquipment(event.target.value)}>
              {machines.map((machine) => (
                <option key={machine.id} value={machine.id}>
                  {machine.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('devices.device')} hint={t('devices.codeHint')} problem={wrong['device']}>
          {(input) => (
            <input
              {...input}
              required
              className="input mono"
              spellCheck={false}
              value={device}
              onChange={(event) => setDevice(event.target.value)}
            />
          )}
        </Field>
      </div>
    </MoveForm>
  );
}

export function RotateDevice({
  device,
  onSecret,
  onDone,
}: {
  readonly device: string;
  readonly onSecret: (secret: DeviceSecret) => void;
  readonly onDone: () => void;
}) {
  const { t } = useWords();
  const command = useCommand((yunfab, _: null, options) => yunfab.equipment.devices.rotate({ device }, options), ['equipment']);
  const submit = async () => {
    const made = await command.run(null);
    if (!made) return;
    onSecret(made);
    onDone();
  };
  return (
    <MoveForm
      danger
      title={`${t('devices.rotate')}: ${device}`}
      effect={t('devices.rotateEffect')}
      submit={t('devices.rotate')}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    />
  );
}

export function RevokeDevice({ device, onDone }: { readonly device: string; readonly onDone: () => void }) {
  const { t } = useWords();
  const command = useCommand((yunfab, _: null, options) => yunfab.equipment.devices.revoke({ device }, options), ['equipment']);
  return (
    <MoveForm
      danger
      title={`${t('keys.revoke')}: ${device}`}
      effect={t('devices.revokeEffect')}
      submit={t('keys.revoke')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
