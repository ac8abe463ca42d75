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
import { SecretDialog } from './secret-dialog.js';

type Key = Awaited<ReturnType<Client['access']['keys']['list']>>['items'][number];

export function KeysPanel() {
  const { t } = useWords();
  const list = useList(['access.keys.list', {}], (yunfab, page, options) => yunfab.access.keys.list(page, options));
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<Key | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const state = (key: Key) => (key.revokedAt ? 'revoked' : key.expiresAt && Date.parse(key.expiresAt) < Date.now() ? 'expired' : 'live');
  return (
    <Panel
      title={t('admin.keys')}
      flush
      aside={
        <Button icon="plus" onClick={() => setCreating(true)}>
          {t('keys.create')}
        </Button>
      }
    >
      <ListTable
        list={list}
        skeletonRows={4}
        label={t('admin.keys')}
        keyOf={(key) => key.id}
        columns={[
          { name: 'name', words: t('keys.name'), cell: (key) => key.name },
          { name: 'state', words: t('orders.state'), cell: (key) => <Badge state={state(key)} words={t(`keyState.${state(key)}`)} /> },
          { name: 'prefix', words: t('keys.prefix'), cell: (key) => <code>{key.prefix}…</code> },
          { name: 'scopes', words: t('keys.scopes'), wide: true, cell: (key) => <span className="mono">{key.scopes.join(', ')}</span> },
          {
            name: 'used',
            words: t('keys.lastUsed'),
            wide: true,
            cell: (key) => (key.lastUsedAt ? <Moment at={key.lastUsedAt} /> : t('keys.never')),
          },
          { name: 'expires', words: t('keys.expires'), wide: true, cell: (key) => (key.expiresAt ? <Moment at={key.expiresAt} /> : '–') },
          { name: 'created', words: t('keys.created'), wide: true, cell: (key) => <Moment at={key.createdAt} /> },
          {
            name: 'moves',
            words: <span className="visually-hidden">{t('moves')}</span>,
            cell: (key) =>
              state(key) === 'live' ? (
                <Button look="danger" onClick={() => setRevoking(key)} aria-label={t('keys.revokeNamed', { name: key.name })}>
                  {t('keys.revoke')}
                </Button>
              ) : null,
          },
        ]}
        none={
          <Empty
            title={t('keys.none')}
            what={t('keys.noneWhat')}
            command="yunfab key create <organization> --name erp --scopes 'orders.*'"
            sdk="await yunfab.access.keys.create({ name: 'erp', scopes: ['orders.*'] })"
          />
        }
      />
      {creating ? <CreateKey onCreated={setSecret} onDone={() => setCreating(false)} /> : null}
      {revoking ? <RevokeKey apiKey={revoking} onDone={() => setRevoking(null)} /> : null}
      {secret ? (
        <SecretDialog title={t('keys.made')} lines={[{ label: t('keys.token'), code: secret }]} onClose={() => setSecret(null)} />
      ) : null}
    </Panel>
  );
}

function CreateKey({ onCreated, onDone }: { readonly onCreated: (token: string) => void; readonly onDone: () => void }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState('*');
  const [expiresOn, setExpiresOn] = useState('');
  const command = useCommand(
    (yunfab, input: { name: string; scopes: string[]; expiresAt: string | null }, options) => yunfab.access.keys.create(input, options),
    ['access.keys'],
  );
  const wrong = fieldProblems(command.problem);
  const submit = async () => {
    const made = await command.run({
      name: name.trim(),
      scopes: scopes.split(/[\s,,]+/).filter(Boolean),
      expiresAt: expiresOn ? new Date(`${expiresOn}T23:59:59`).toISOString() : null,
    });
    if (!made) return;
    if (made.token) onCreated(made.token);
    onDone();
  };
  return (
    <MoveForm
      title={t('keys.create')}
      effect={t('keys.createEffect')}
      submit={t('keys.create')}
      ready={name.trim() !== '' && scopes.trim() !== ''}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      <Field label={t('keys.name')} hint={t('keys.nameHint')} problem={wrong['name']}>
        {(input) => <input {...input} required className="input" value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label={t('keys.scopes')} hint={t('keys.scopesHint')} problem={wrong['scopes'] ?? wrong['scopes.0']}>
        {(input) => (
          <input
            {...input}
            required
            className="input mono"
            spellCheck={false}
            value={scopes}
            onChange={(event) => setScopes(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('form.optional', { field: t('keys.expires') })} problem={wrong['expiresAt']}>
        {(input) => (
          <input {...input} className="input" type="date" value={expiresOn} onChange={(event) => setExpiresOn(event.target.value)} />
        )}
      </Field>
    </MoveForm>
  );
}

function RevokeKey({ apiKey, onDone }: { readonly apiKey: Key; readonly onDone: () => void }) {
  const { t } = useWords();
  const command = useCommand((yunfab, _: null, options) => yunfab.access.keys.revoke({ key: apiKey.id }, options), ['access.keys']);
  return (
    <MoveForm
      danger
      title={t('keys.revokeNamed', { name: apiKey.name })}
      effect={t('keys.revokeEffect')}
      submit={t('keys.revoke')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
