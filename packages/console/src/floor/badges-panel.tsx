import { useState } from 'react';
import type { Client } from '../app/client.js';
import { ListTable } from '../app/list-table.js';
import { useCommand, useList } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Empty } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';

type FloorBadge = Awaited<ReturnType<Client['production']['floor']['badges']['list']>>['items'][number];
type Opened = { readonly move: 'create' } | { readonly move: 'pin' | 'revoke'; readonly badge: FloorBadge };

const stateOf = ({ revokedAt, lockedUntil }: FloorBadge) => (revokedAt ? 'revoked' : lockedUntil ? 'blocked' : 'live');

/** The people of the floor: a code to print for each, and a PIN that nobody reads again. */
export function BadgesPanel() {
  const { t } = useWords();
  const list = useList(['production.floor.badges.list', {}], (yunfab, page, options) => yunfab.production.floor.badges.list(page, options));
  const [opened, setOpened] = useState<Opened | null>(null);
  const done = () => {
    setOpened(null);
    list.again();
  };
  return (
    <Panel
      title={t('admin.badges')}
      flush
      aside={
        <Button icon="plus" onClick={() => setOpened({ move: 'create' })}>
          {t('badges.create')}
        </Button>
      }
    >
      <ListTable
        list={list}
        skeletonRows={4}
        label={t('admin.badges')}
        keyOf={(badge) => badge.id}
        columns={[
          { name: 'name', words: t('badges.name'), cell: (badge) => badge.name },
          {
            name: 'state',
            words: t('orders.state'),
            cell: (badge) => <Badge state={stateOf(badge)} words={t(`badges.state.${stateOf(badge)}`)} />,
          },
          { name: 'code', words: t('floor.badge'), cell: (badge) => <code>{badge.code}</code> },
          { name: 'created', words: t('keys.created'), wide: true, cell: (badge) => <Moment at={badge.createdAt} /> },
          {
            name: 'moves',
            words: <span className="visually-hidden">{t('moves')}</span>,
            cell: (badge) =>
              badge.revokedAt ? null : (
                <span className="actions">
                  <Button onClick={() => setOpened({ move: 'pin', badge })} aria-label={t('badges.setPinOf', { name: badge.name })}>
                    {t('badges.setPin')}
                  </Button>
                  <Button
                    look="danger"
                    onClick={() => setOpened({ move: 'revoke', badge })}
                    aria-label={t('badges.revokeNamed', { name: badge.name })}
                  >
                    {t('badges.revoke')}
                  </Button>
                </span>
              ),
          },
        ]}
        none={
          <Empty
            title={t('badges.none')}
            what={t('badges.noneWhat')}
            sdk="await yunfab.production.floor.badges.create({ name: 'Wang Wei', pin: '2580' })"
          />
        }
      />
      {opened?.move === 'create' ? <CreateBadge onDone={done} /> : null}
      {opened?.move === 'pin' ? <SetPin badge={opened.badge} onDone={done} /> : null}
      {opened?.move === 'revoke' ? <RevokeBadge badge={opened.badge} onDone={done} /> : null}
    </Panel>
  );
}

function CreateBadge({ onDone }: { readonly onDone: () => void }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [pin, setPin] = useState('');
  const command = useCommand((yunfab, input: { name: string; pin: string }, options) =>
    yunfab.production.floor.badges.create(input, options),
  );
  const problems = fieldProblems(command.problem);
  return (
    <MoveForm
      title={t('badges.create')}
      effect={t('badges.createEffect')}
      submit={t('badges.create')}
      ready={name.trim() !== '' && pin.length >= 4}
      command={command}
      onSubmit={() => void command.run({ name: name.trim(), pin }).then((made) => made && onDone())}
      onCancel={onDone}
    >
      <Field label={t('badges.name')} problem={problems['name']}>
        {(input) => <input {...input} required className="input" value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <PinField pin={pin} problem={problems['pin']} onChange={setPin} />
    </MoveForm>
  );
}

function SetPin({ badge, onDone }: { readonly badge: FloorBadge; readonly onDone: () => void }) {
  const { t } = useWords();
  const [pin, setPin] = useState('');
  const command = useCommand((yunfab, input: { pin: string }, options) =>
    yunfab.production.floor.badges.setPin({ badge: badge.id, ...input }, options),
  );
  return (
    <MoveForm
      title={t('badges.setPinOf', { name: badge.name })}
      effect={t('badges.setPinEffect')}
      submit={t('badges.setPin')}
      ready={pin.length >= 4}
      command={command}
      onSubmit={() => void command.run({ pin }).then((made) => made && onDone())}
      onCancel={onDone}
    >
      <PinField pin={pin} problem={fieldProblems(command.problem)['pin']} onChange={setPin} />
    </MoveForm>
  );
}

function PinField({
  pin,
  problem,
  onChange,
}: {
  readonly pin: string;
  readonly problem: string | undefined;
  readonly onChange: (pin: string) => void;
}) {
  const { t } = useWords();
  return (
    <Field label={t('floor.pin')} hint={t('badges.pinHint')} problem={problem}>
      {(input) => (
        <input
          {...input}
          required
          className="input mono"
          type="password"
          inputMode="numeric"
          autoComplete="new-password"
          maxLength={8}
          value={pin}
          onChange={(event) => onChange(event.target.value.replace(/\D/g, ''))}
        />
      )}
    </Field>
  );
}

function RevokeBadge({ badge, onDone }: { readonly badge: FloorBadge; readonly onDone: () => void }) {
  const { t } = useWords();
  const command = useCommand((yunfab, _: null, options) => yunfab.production.floor.badges.revoke({ badge: badge.id }, options));
  return (
    <MoveForm
      danger
      title={t('badges.revokeNamed', { name: badge.name })}
      effect={t('badges.revokeEffect')}
      submit={t('badges.revoke')}
      command={command}
      onSubmit={() => void command.run(null).then((made) => made && onDone())}
      onCancel={onDone}
    />
  );
}
