import { useState } from 'react';
import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useCommand, useFormat, useList } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { ProblemNotice } from '../app/states.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { MoreButton } from '../design/list-foot.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Moment } from '../design/time.js';
import { ShownToken } from '../devices/device-moves.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';

type Entry = Awaited<ReturnType<Client['equipment']['quarantine']['list']>>['items'][number];
type Accepted = Awaited<ReturnType<Client['equipment']['quarantine']['acceptDevice']>>;
const kinds = ['number', 'boolean', 'text'] as const;

const lookEveryMs = 4_000;
/** What accepting and dismissing changes. */
const touched = ['equipment'] as const;

/** Unknown devices and signals that knocked: nothing of them is stored until somebody lets them in. Nothing when none did. */
export function QuarantinePanel({ manage, device }: { readonly manage: boolean; readonly device: string }) {
  const { t } = useWords();
  const format = useFormat();
  const filter = device ? { device } : {};
  const list = useList(
    ['equipment.quarantine.list', filter],
    (yunfab, page, options) => yunfab.equipment.quarantine.list({ ...filter, limit: 20, ...page }, options),
    { everyMs: lookEveryMs },
  );
  const [accepting, setAccepting] = useState<Entry | null>(null);
  const [accepted, setAccepted] = useState<Accepted | null>(null);
  const dismiss = useCommand((yunfab, entry: string, options) => yunfab.equipment.quarantine.dismiss({ entry }, options), touched);
  const done = () => setAccepting(null);
  return (
    <>
      {list.problem ? <ProblemNotice problem={list.problem} onRetry={list.again} /> : null}
      {dismiss.problem ? <ProblemNotice problem={dismiss.problem} /> : null}
      {list.items.length > 0 ? (
        <Panel title={t('quarantine.title')} flush>
          <p className="body soft">{t('quarantine.what')}</p>
          <RecordTable
            label={t('quarantine.title')}
            rows={list.items}
            keyOf={({ id }) => id}
            columns={[
              {
                name: 'unknown',
                words: t('quarantine.unknown'),
                cell: ({ signal, device: code }) => (
                  <>
                    {t(signal === null ? 'quarantine.device' : 'quarantine.signal')} <span className="mono">{signal ?? code}</span>
                  </>
                ),
              },
              {
                name: 'device',
                words: t('devices.device'),
                cell: ({ device: code, equipment }) =>
                  equipment ? (
                    <Link className="mono" href={`/equipment/${equipment}`}>
                      {code}
                    </Link>
                  ) : (
                    <span className="mono">{code}</span>
                  ),
              },
              {
                name: 'value',
                words: t('quarantine.value'),
                wide: true,
                cell: ({ value, sample, from }) => (
                  <span className="mono one-line" title={sample ?? ''}>
                    {value === null ? (sample ?? (from === null ? '–' : t('quarantine.from', { from }))) : JSON.stringify(value)}
                  </span>
                ),
              },
              { name: 'count', words: t('letters.times'), number: true, cell: ({ count }) => format.number(count) },
              { name: 'last', words: t('letters.last'), wide: true, cell: ({ lastAt }) => <Moment at={lastAt} /> },
              {
                name: 'moves',
                words: <span className="visually-hidden">{t('moves')}</span>,
                cell: (entry) =>
                  manage ? (
                    <span className="actions end">
                      <Button aria-label={`${t('quarantine.accept')}: ${entry.signal ?? entry.device}`} onClick={() => setAccepting(entry)}>
                        {t('quarantine.accept')}
                      </Button>
                      <Button
                        look="quiet"
                        busy={dismiss.busy}
                        title={t('quarantine.dismissWhat')}
                        aria-label={`${t('quarantine.dismiss')}: ${entry.signal ?? entry.device}`}
                        onClick={() => void dismiss.run(entry.id)}
                      >
                        {t('quarantine.dismiss')}
                      </Button>
                    </span>
                  ) : null,
              },
            ]}
          />
          <MoreButton list={list} />
        </Panel>
      ) : null}
      {accepting?.signal ? <AcceptSignal entry={accepting} onDone={done} /> : null}
      {accepting && accepting.signal === null ? <AcceptDevice entry={accepting} onAccepted={setAccepted} onDone={done} /> : null}
      <ShownToken secret={accepted} onClose={() => setAccepted(null)} />
    </>
  );
}

function AcceptSignal({ entry, onDone }: { readonly entry: Entry; readonly onDone: () => void }) {
  const { t } = useWords();
  const [unit, setUnit] = useState('');
  const [kind, setKind] = useState(entry.kind ?? 'number');
  const command = useCommand(
    (yunfab, input: { entry: string; unit: string; kind: (typeof kinds)[number] }, options) =>
      yunfab.equipment.quarantine.acceptSignal(input, options),
    touched,
  );
  const wrong = fieldProblems(command.problem);
  const submit = async () => {
    if (await command.run({ entry: entry.id, unit: unit.trim() || (kind === 'number' ? '1' : ''), kind })) onDone();
  };
  return (
    <MoveForm
      title={`${t('quarantine.accept')}: ${entry.signal ?? ''}`}
      effect={t('quarantine.signalEffect')}
      submit={t('quarantine.accept')}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      <div className="form-row">
        <Field label={t('quarantine.kind')} problem={wrong['kind']}>
          {(input) => (
            <select
              {...input}
              className="input"
              value={kind}
              onChange={(event) => setKind(kinds.find((each) => each === event.target.value) ?? 'number')}
            >
              {kinds.map((each) => (
                <option key={each} value={each}>
                  {t(`signalKind.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('quarantine.unit')} hint={t('quarantine.unitHint')} problem={wrong['unit']}>
          {(input) => (
            <input {...input} className="input mono" spellCheck={false} value={unit} onChange={(event) => setUnit(event.target.value)} />
          )}
        </Field>
      </div>
    </MoveForm>
  );
}

interface AcceptDeviceProps {
  readonly entry: Entry;
  readonly onAccepted: (accepted: Accepted) => void;
  readonly onDone: () => void;
}

function AcceptDevice({ entry, onAccepted, onDone }: AcceptDeviceProps) {
  const { t } = useWords();
  const machines = useList(['equipment.list', {}], (yunfab, page, options) => yunfab.equipment.list({ limit: 100, ...page }, options));
  const [chosen, setEquipment] = useState('');
  const equipment = chosen || (machines.items[0]?.id ?? '');
  const command = useCommand(
    (yunfab, input: { entry: string; equipment: string }, options) => yunfab.equipment.quarantine.acceptDevice(input, options),
    touched,
  );
  const submit = async () => {
    const made = await command.run({ entry: entry.id, equipment });
    if (!made) return;
    onAccepted(made);
    onDone();
  };
  return (
    <MoveForm
      title={`${t('quarantine.accept')}: ${entry.device}`}
      effect={t('quarantine.deviceEffect')}
      submit={t('quarantine.accept')}
      ready={equipment !== ''}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      <Field label={t('production.equipment')} problem={fieldProblems(command.problem)['equipment']}>
        {(input) => (
          <select {...input} className="input" value={equipment} onChange={(event) => setEquipment(event.target.value)}>
            {machines.items.map((machine) => (
              <option key={machine.id} value={machine.id}>
                {`${machine.name} (${machine.code})`}
              </option>
            ))}
          </select>
        )}
      </Field>
      {machines.more ? (
        <Button busy={machines.loadingMore} onClick={machines.more}>
          {t('list.more')}
        </Button>
      ) : null}
    </MoveForm>
  );
}
