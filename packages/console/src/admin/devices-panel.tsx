import { useState } from 'react';
import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useMay } from '../app/permissions.js';
import { useCommand, useList } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Empty, ProblemNotice, SkeletonRows } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { MoreButton } from '../design/list-foot.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Moment } from '../design/time.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import { SecretDialog } from './secret-dialog.js';

type Device = Awaited<ReturnType<Client['equipment']['devices']['list']>>['items'][number];
type Secret = Awaited<ReturnType<Client['equipment']['devices']['create']>>;
type Move = 'create' | { readonly rotate: Device } | { readonly revoke: Device };

export function DevicesPanel() {
  const { t } = useWords();
  const may = useMay();
  const manage = may('equipment.devices');
  const list = useList(['equipment.devices.list', {}], (yunfab, page, options) => yunfab.equipment.devices.list(page, options));
  const machines = useList(['equipment.list', {}], (yunfab, page, options) => yunfab.equipment.list(page, options));
  const [move, setMove] = useState<Move | null>(null);
  const [secret, setSecret] = useState<Secret | null>(null);
  const done = () => setMove(null);
  const nameOf = (equipment: string) => machines.items.find(({ id }) => id === equipment)?.name ?? equipment.slice(0, 8);
  return (
    <Panel
      title={t('admin.devices')}
      flush
      aside={
        manage ? (
          <Button icon="plus" onClick={() => setMove('create')}>
            {t('devices.create')}
          </Button>
        ) : undefined
      }
    >
      {list.problem ? (
        <div className="body">
          <ProblemNotice problem={list.problem} onRetry={list.again} />
        </div>
      ) : null}
      {list.pending ? (
        <SkeletonRows rows={4} />
      ) : list.items.length > 0 ? (
        <RecordTable
          label={t('admin.devices')}
          rows={list.items}
          keyOf={({ device }) => device}
          columns={[
            { name: 'device', words: t('devices.device'), cell: ({ device }) => <span className="mono">{device}</span> },
            {
              name: 'credential',
              words: t('devices.credential'),
              cell: ({ credential }) => <Badge state={credential} words={t(`keyState.${credential}`)} />,
            },
            {
              name: 'equipment',
              words: t('production.equipment'),
              cell: ({ equipment }) => <Link href={`/equipment/${equipment}`}>{nameOf(equipment)}</Link>,
            },
            { name: 'created', words: t('keys.created'), wide: true, cell: ({ createdAt }) => <Moment at={createdAt} /> },
            {
              name: 'moves',
              words: <span className="visually-hidden">{t('moves')}</span>,
              cell: (device) =>
                manage ? (
                  <span className="actions end">
                    <Button onClick={() => setMove({ rotate: device })} aria-label={`${t('devices.rotate')}: ${device.device}`}>
                      {t('devices.rotate')}
                    </Button>
                    {device.credential === 'live' ? (
                      <Button
                        look="danger"
                        onClick={() => setMove({ revoke: device })}
                        aria-label={`${t('keys.revoke')}: ${device.device}`}
                      >
                        {t('keys.revoke')}
                      </Button>
                    ) : null}
                  </span>
                ) : null,
            },
          ]}
        />
      ) : list.problem ? null : (
        <Empty
          title={t('devices.none')}
          what={t('devices.noneWhat')}
          command="yunfab device create <organization> <equipment> <device>"
          sdk="await yunfab.equipment.devices.create({ equipment, device: 'press-1' })"
        />
      )}
      <MoreButton list={list} />
      {move === 'create' ? <CreateDevice machines={machines.items} onSecret={setSecret} onDone={done} /> : null}
      {move && typeof move === 'object' && 'rotate' in move ? (
        <RotateDevice device={move.rotate} onSecret={setSecret} onDone={done} />
      ) : null}
      {move && typeof move === 'object' && 'revoke' in move ? <RevokeDevice device={move.revoke} onDone={done} /> : null}
      {secret?.token ? (
        <SecretDialog
          title={t('devices.made', { device: secret.device })}
          lines={[
            { label: t('devices.username'), code: secret.username },
            { label: t('devices.token'), code: secret.token },
          ]}
          onClose={() => setSecret(null)}
        />
      ) : null}
    </Panel>
  );
}

interface CreateDeviceProps {
  readonly machines: readonly { readonly id: string; readonly name: string }[];
  readonly onSecret: (secret: Secret) => void;
  readonly onDone: () => void;
}

function CreateDevice({ machines, onSecret, onDone }: CreateDeviceProps) {
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

function RotateDevice({
  device,
  onSecret,
  onDone,
}: {
  readonly device: Device;
  readonly onSecret: (secret: Secret) => void;
  readonly onDone: () => void;
}) {
  const { t } = useWords();
  const command = useCommand(
    (yunfab, _: null, options) => yunfab.equipment.devices.rotate({ device: device.device }, options),
    ['equipment'],
  );
  const submit = async () => {
    const made = await command.run(null);
    if (!made) return;
    onSecret(made);
    onDone();
  };
  return (
    <MoveForm
      danger
      title={`${t('devices.rotate')}: ${device.device}`}
      effect={t('devices.rotateEffect')}
      submit={t('devices.rotate')}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    />
  );
}

function RevokeDevice({ device, onDone }: { readonly device: Device; readonly onDone: () => void }) {
  const { t } = useWords();
  const command = useCommand(
    (yunfab, _: null, options) => yunfab.equipment.devices.revoke({ device: device.device }, options),
    ['equipment'],
  );
  return (
    <MoveForm
      danger
      title={`${t('keys.revoke')}: ${device.device}`}
      effect={t('devices.revokeEffect')}
      submit={t('keys.revoke')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
