import { useState } from 'react';
import { Link } from 'wouter';
import { useAddressPart } from '../app/address.js';
import { useAsk, useFormat } from '../app/platform.js';
import { Empty, ProblemNotice, SkeletonRows } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Chips } from '../design/chips.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Moment } from '../design/time.js';
import { type DeviceState, devicePlace, deviceStateOf, deviceStates, deviceTones } from '../devices/standing.js';
import { useWords } from '../words/words.js';

const lookEveryMs = 10_000;
const shownAtFirst = 100;
const spans = ['5', '15', '60'] as const;

/** What was stored of each device of one's own in the last minutes, from receipts that were committed with the values. */
export function DeviceTraffic() {
  const { t } = useWords();
  const format = useFormat();
  const [chosen, setSpan] = useAddressPart('minutes', spans);
  const span = chosen ?? '15';
  const [state, setState] = useAddressPart('state', deviceStates);
  const [shown, setShown] = useState(shownAtFirst);
  const minutes = Number(span);
  const asked = useAsk(
    ['equipment.gateways.devices', { minutes }],
    (yunfab, options) => yunfab.equipment.gateways.devices({ minutes }, options),
    { everyMs: lookEveryMs },
  );
  const items = asked.answer?.items ?? [];
  const of = (wanted: DeviceState) => items.filter((device) => deviceStateOf(device) === wanted);
  const sorted = (state ? of(state) : deviceStates.flatMap(of)).slice(0, shown);
  const left = (state ? of(state).length : items.length) - sorted.length;
  return (
    <Panel
      title={t('gateway.devices')}
      flush
      aside={
        <Chips
          label={t('equipment.span')}
          value={span}
          onChoose={(value) => setSpan(value === '15' ? null : value)}
          choices={spans.map((each) => ({ value: each, words: t('equipment.minutes', { count: each }) }))}
        />
      }
    >
      {asked.problem ? (
        <div className="body">
          <ProblemNotice problem={asked.problem} onRetry={asked.again} />
        </div>
      ) : null}
      {asked.pending ? <SkeletonRows rows={5} /> : null}
      {asked.answer && items.length === 0 ? (
        <Empty
          title={t('devices.none')}
          what={t('devices.noneWhat')}
          command="yunfab device create <organization> <equipment> <device>"
          sdk="await yunfab.equipment.devices.create({ equipment, device: 'press-1' })"
        />
      ) : null}
      {asked.answer && items.length > 0 ? (
        <>
          <div className="body stack">
            <p>
              {t('gateway.receipts', {
                stored: format.number(items.reduce((total, { stored }) => total + stored, 0)),
                letters: format.number(items.reduce((total, { letters }) => total + letters, 0)),
              })}{' '}
              <span className="soft">
                {t('gateway.asOf')} <Moment at={asked.answer.asOf} seconds />
              </span>
            </p>
            <Chips<DeviceState>
              label={t('gateway.state')}
              value={state}
              onChoose={setState}
              choices={[
                { value: null, words: t('gateway.allDevices', { count: items.length }) },
                ...deviceStates
                  .filter((each) => of(each).length > 0 || each === state)
                  .map((each) => ({ value: each, words: `${t(`deviceState.${each}`)} ${of(each).length}` })),
              ]}
            />
          </div>
          <RecordTable
            label={t('gateway.devices')}
            rows={sorted}
            keyOf={({ device }) => device}
            columns={[
              {
                name: 'device',
                words: t('devices.device'),
                cell: ({ device, equipment }) => (
                  <Link className="mono" href={devicePlace(equipment.id, device)}>
                    {device}
                  </Link>
                ),
              },
              {
                name: 'state',
                words: t('gateway.state'),
                cell: (device) => {
                  const is = deviceStateOf(device);
                  return <Badge state={is} tone={deviceTones[is]} words={t(`deviceState.${is}`)} />;
                },
              },
              {
                name: 'since',
                words: t('gateway.changed'),
                wide: true,
                cell: ({ changedAt }) => (changedAt ? <Moment at={changedAt} /> : '–'),
              },
              {
                name: 'equipment',
                words: t('production.equipment'),
                wide: true,
                cell: ({ equipment }) => <Link href={`/equipment/${equipment.id}`}>{equipment.name}</Link>,
              },
              {
                name: 'seen',
                words: t('gateway.lastSeen'),
                cell: ({ receivedAt, newestTs }) =>
                  receivedAt ? <Moment at={receivedAt} seconds /> : newestTs === null ? '–' : <Moment at={newestTs} />,
              },
              { name: 'stored', words: t('gateway.stored'), number: true, cell: ({ stored }) => format.number(stored) },
              {
                name: 'rate',
                words: t('gateway.perMinute'),
                number: true,
                wide: true,
                cell: ({ stored }) => format.number(Number((stored / minutes).toPrecision(3))),
              },
              {
                name: 'letters',
                words: t('letters.title'),
                number: true,
                cell: ({ device, letters, lettersWaiting }) =>
                  lettersWaiting > 0 ? (
                    <Link href={`/dead-letters?device=${device}`}>
                      {letters > 0 ? t('gateway.lettersNew', { fresh: letters, all: lettersWaiting }) : format.number(lettersWaiting)}
                    </Link>
                  ) : (
                    '0'
                  ),
              },
            ]}
          />
          {left > 0 ? (
            <div className="body">
              <Button onClick={() => setShown(shown + shownAtFirst)}>{t('list.more')}</Button>
            </div>
          ) : null}
          {asked.answer.more ? <p className="body soft">{t('gateway.moreDevices')}</p> : null}
        </>
      ) : null}
    </Panel>
  );
}
