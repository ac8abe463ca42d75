import { useState } from 'react';
import { useAddressParts } from '../app/address.js';
import { ListTable } from '../app/list-table.js';
import { useMay } from '../app/permissions.js';
import { useAsk, usePlatform } from '../app/platform.js';
import { isUnreachable } from '../app/problem.js';
import { Empty, StaleNotice } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { ActionMenu } from '../design/menu.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Moment } from '../design/time.js';
import type { Equipment } from '../equipment/signals.js';
import { useWords } from '../words/words.js';
import { ClaimsPanel } from './claims-panel.js';
import { CommandsPanel } from './commands-panel.js';
import { ConfigurationPanel } from './configuration-panel.js';
import { CreateClaim } from './create-claim.js';
import { CreateDevice, type DeviceSecret, RevokeDevice, RotateDevice, ShownToken } from './device-moves.js';
import { type Device, devicePlace, deviceStateOf, deviceTones } from './standing.js';

/** Connections make no events: they are looked at again so often. */
const lookEveryMs = 4_000;
type Move = { readonly what: 'create' } | { readonly what: 'claim' | 'rotate' | 'revoke'; readonly device: string };

/** The devices of a piece of equipment, and all that is done with the chosen one. */
export function DevicesPart({ equipment }: { readonly equipment: Equipment }) {
  const { t } = useWords();
  const { organization } = usePlatform();
  const may = useMay();
  const manage = may('equipment.devices');
  const asked = useAsk(
    ['equipment.gateways.devices', { equipment: equipment.id }],
    (yunfab, options) => yunfab.equipment.gateways.devices({ equipment: equipment.id }, options),
    { everyMs: lookEveryMs },
  );
  const [{ device: wanted }] = useAddressParts(['device']);
  const [move, setMove] = useState<Move | null>(null);
  const [secret, setSecret] = useState<DeviceSecret | null>(null);
  const done = () => setMove(null);
  const devices = asked.answer?.items ?? [];
  const chosen = devices.find(({ device }) => device === wanted) ?? devices.find(({ credential }) => credential === 'live') ?? devices[0];
  const own = devices.length > 0 || equipment.devices.length === 0;
  if (asked.answer && !own) return <OthersDevices equipment={equipment} />;
  const stale = asked.problem && isUnreachable(asked.problem) && asked.answer;
  return (
    <>
      {stale ? <StaleNotice at={asked.answeredAt} onRetry={asked.again} /> : null}
      <Panel
        title={t('devices.title')}
        flush
        aside={
          manage && asked.answer ? (
            <Button icon="plus" onClick={() => setMove({ what: 'create' })}>
              {t('devices.create')}
            </Button>
          ) : undefined
        }
      >
        <ListTable
          list={{ ...asked, items: devices, problem: stale ? null : asked.problem }}
          skeletonRows={2}
          none={
            <Empty
              title={t('devices.none')}
              what={t('devices.noneWhat')}
              command={`yunfab device create ${organization.code} ${equipment.code} ${equipment.code}-plc`}
              sdk={`await yunfab.equipment.devices.create({ equipment: '${equipment.id}', device: '${equipment.code}-plc' })`}
            />
          }
          label={t('devices.title')}
          keyOf={({ device }) => device}
          {...(devices.length > 1 ? { open: ({ device }: Device) => devicePlace(equipment.id, device) } : {})}
          columns={[
            { name: 'device', words: t('devices.device'), cell: ({ device }) => <span className="mono wrap">{device}</span> },
            {
              name: 'state',
              words: t('gateway.state'),
              cell: (device) => {
                const is = deviceStateOf(device);
                return <Badge state={is} tone={deviceTones[is]} words={t(`deviceState.${is}`)} />;
              },
            },
            {
              name: 'seen',
              words: t('gateway.lastSeen'),
              cell: ({ receivedAt, newestTs }) =>
                receivedAt ? <Moment at={receivedAt} seconds /> : newestTs === null ? '–' : <Moment at={newestTs} />,
            },
            {
              name: 'client',
              words: t('devices.clientId'),
              wide: true,
              cell: ({ device }) => <span className="mono">{`${organization.code}/${device}`}</span>,
            },
            {
              name: 'credential',
              words: t('devices.credential'),
              wide: true,
              cell: ({ credential }) => <Badge state={credential} words={t(`keyState.${credential}`)} />,
            },
            {
              name: 'moves',
              words: <span className="visually-hidden">{t('moves')}</span>,
              cell: ({ device, credential }) =>
                manage ? (
                  <span className="actions end">
                    <ActionMenu
                      label={`${t('devices.credential')}: ${device}`}
                      trigger={
                        <Button icon="down" aria-label={`${t('devices.credential')}: ${device}`} data-device-moves={device}>
                          {t('devices.credential')}
                        </Button>
                      }
                      actions={[
                        { move: 'claim', words: t('claims.create'), run: () => setMove({ what: 'claim', device }) },
                        { move: 'rotate', words: t('devices.rotate'), run: () => setMove({ what: 'rotate', device }) },
                        ...(credential === 'live'
                          ? [{ move: 'revoke', words: t('keys.revoke'), danger: true, run: () => setMove({ what: 'revoke', device }) }]
                          : []),
                      ]}
                    />
                  </span>
                ) : null,
            },
          ]}
        />
      </Panel>
      {chosen ? (
        <>
          <CommandsPanel key={`commands ${chosen.device}`} device={chosen} declared={equipment.commands} />
          <ConfigurationPanel key={`configuration ${chosen.device}`} device={chosen.device} declared={equipment.configuration} />
          {manage ? (
            <ClaimsPanel
              key={`claims ${chosen.device}`}
              device={chosen.device}
              onCreate={() => setMove({ what: 'claim', device: chosen.device })}
            />
          ) : null}
        </>
      ) : null}
      {move?.what === 'create' ? <CreateDevice machines={[equipment]} onSecret={setSecret} onDone={done} /> : null}
      {move?.what === 'claim' ? <CreateClaim device={move.device} onDone={done} /> : null}
      {move?.what === 'rotate' ? <RotateDevice device={move.device} onSecret={setSecret} onDone={done} /> : null}
      {move?.what === 'revoke' ? <RevokeDevice device={move.device} onDone={done} /> : null}
      <ShownToken secret={secret} onClose={() => setSecret(null)} />
    </>
  );
}

/** What a reader sees of equipment that another organization owns. */
function OthersDevices({ equipment }: { readonly equipment: Equipment }) {
  const { t } = useWords();
  return (
    <Panel title={t('devices.title')} flush>
      <p className="body soft">{t('devices.others')}</p>
      <RecordTable
        label={t('devices.title')}
        rows={equipment.devices}
        keyOf={({ device }) => device}
        columns={[
          { name: 'device', words: t('devices.device'), cell: ({ device }) => <span className="mono">{device}</span> },
          {
            name: 'state',
            words: t('gateway.state'),
            cell: ({ online }) =>
              online === null ? (
                <Badge state="" tone="open" words={t('equipment.unknown')} />
              ) : (
                <Badge state="" tone={online ? 'good' : 'bad'} words={t(online ? 'equipment.online' : 'equipment.offline')} />
              ),
          },
          { name: 'since', words: t('gateway.changed'), cell: ({ changedAt }) => (changedAt ? <Moment at={changedAt} /> : '–') },
        ]}
      />
    </Panel>
  );
}
