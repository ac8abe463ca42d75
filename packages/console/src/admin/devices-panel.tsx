import { useState } from 'react';
import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { ListTable } from '../app/list-table.js';
import { useMay } from '../app/permissions.js';
import { useList } from '../app/platform.js';
import { Empty } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { CreateDevice, type DeviceSecret, RevokeDevice, RotateDevice, ShownToken } from '../devices/device-moves.js';
import { devicePlace } from '../devices/standing.js';
import { useWords } from '../words/words.js';

type Device = Awaited<ReturnType<Client['equipment']['devices']['list']>>['items'][number];
type Move = 'create' | { readonly rotate: Device } | { readonly revoke: Device };

export function DevicesPanel() {
  const { t } = useWords();
  const may = useMay();
  const manage = may('equipment.devices');
  const list = useList(['equipment.devices.list', {}], (yunfab, page, options) => yunfab.equipment.devices.list(page, options));
  const machines = useList(['equipment.list', {}], (yunfab, page, options) => yunfab.equipment.list(page, options));
  const [move, setMove] = useState<Move | null>(null);
  const [secret, setSecret] = useState<DeviceSecret | null>(null);
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
      <ListTable
        list={list}
        skeletonRows={4}
        label={t('admin.devices')}
        keyOf={({ device }) => device}
        columns={[
          {
            name: 'device',
            words: t('devices.device'),
            cell: ({ device, equipment }) => (
              <Link className="mono" href={devicePlace(equipment, device)}>
                {device}
              </Link>
            ),
          },
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
                    <Button look="danger" onClick={() => setMove({ revoke: device })} aria-label={`${t('keys.revoke')}: ${device.device}`}>
                      {t('keys.revoke')}
                    </Button>
                  ) : null}
                </span>
              ) : null,
          },
        ]}
        none={
          <Empty
            title={t('devices.none')}
            what={t('devices.noneWhat')}
            command="yunfab device create <organization> <equipment> <device>"
            sdk="await yunfab.equipment.devices.create({ equipment, device: 'press-1' })"
          />
        }
      />
      {move === 'create' ? <CreateDevice machines={machines.items} onSecret={setSecret} onDone={done} /> : null}
      {move && typeof move === 'object' && 'rotate' in move ? (
        <RotateDevice device={move.rotate.device} onSecret={setSecret} onDone={done} />
      ) : null}
      {move && typeof move === 'object' && 'revoke' in move ? <RevokeDevice device={move.revoke.device} onDone={done} /> : null}
      <ShownToken secret={secret} onClose={() => setSecret(null)} />
    </Panel>
  );
}
