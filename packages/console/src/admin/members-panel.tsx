import { useState } from 'react';
import type { Client } from '../app/client.js';
import { ListTable } from '../app/list-table.js';
import { useMay } from '../app/permissions.js';
import { useCommand, useList } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { MoveForm } from '../orders/move-form.js';
import { isPhrase, useWords } from '../words/words.js';

type Member = Awaited<ReturnType<Client['access']['members']['list']>>['items'][number];
const roles = ['admin', 'trade', 'production', 'quality', 'viewer'] as const;
type Role = (typeof roles)[number];
type Move = 'add' | { readonly roles: Member } | { readonly remove: Member };

export function MembersPanel() {
  const { t } = useWords();
  const may = useMay();
  const manage = may('access.manage_members');
  const list = useList(['access.members.list', {}], (yunfab, page, options) => yunfab.access.members.list(page, options));
  const [move, setMove] = useState<Move | null>(null);
  const done = () => setMove(null);
  const roleWords = (role: string) => (isPhrase(`role.${role}`) ? t(`role.${role as Role}`) : role);
  return (
    <Panel
      title={t('admin.members')}
      flush
      aside={
        manage ? (
          <Button icon="plus" onClick={() => setMove('add')}>
            {t('members.add')}
          </Button>
        ) : undefined
      }
    >
      <ListTable
        list={list}
        skeletonRows={4}
        label={t('admin.members')}
        keyOf={(member) => member.id}
        columns={[
          { name: 'name', words: t('members.name'), cell: (member) => member.name },
          { name: 'email', words: t('signin.email'), cell: (member) => member.email },
          { name: 'roles', words: t('members.roles'), cell: (member) => member.roles.map(roleWords).join(' · ') },
          { name: 'since', words: t('members.since'), wide: true, cell: (member) => <Moment at={member.since} /> },
          {
            name: 'moves',
            words: <span className="visually-hidden">{t('moves')}</span>,
            cell: (member) =>
              manage ? (
                <span className="actions end">
                  <Button onClick={() => setMove({ roles: member })} aria-label={`${t('members.setRoles')}: ${member.name}`}>
                    {t('members.setRoles')}
                  </Button>
                  <Button look="danger" onClick={() => setMove({ remove: member })} aria-label={`${t('members.remove')}: ${member.name}`}>
                    {t('members.remove')}
                  </Button>
                </span>
              ) : null,
          },
        ]}
      />
      {move === 'add' ? <AddMember onDone={done} /> : null}
      {move && typeof move === 'object' && 'roles' in move ? <SetRoles member={move.roles} onDone={done} /> : null}
      {move && typeof move === 'object' && 'remove' in move ? <RemoveMember member={move.remove} onDone={done} /> : null}
    </Panel>
  );
}

function RoleChoice({
  value,
  problem,
  onChange,
}: {
  readonly value: readonly string[];
  readonly problem: string | undefined;
  readonly onChange: (value: Role[]) => void;
}) {
  const { t } = useWords();
  return (
    <fieldset className="field">
      <legend className="label">
        <strong>{t('members.roles')}</strong>
      </legend>
      {roles.map((role) => (
        <label key={role} className="check">
          <input
            type="checkbox"
            checked={value.includes(role)}
            onChange={(event) => onChange(roles.filter((each) => (each === role ? event.target.checked : value.includes(each))))}
          />
          <span>
            {t(`role.${role}`)} <span className="soft">{t(`role.${role}What`)}</span>
          </span>
        </label>
      ))}
      {problem ? <span className="problem">{problem}</span> : null}
    </fieldset>
  );
}

function AddMember({ onDone }: { readonly onDone: () => void }) {
  const { t } = useWords();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<Role[]>(['viewer']);
  const command = useCommand(
    (yunfab, input: { email: string; name: string; roles: Role[] }, options) => yunfab.access.members.add(input, options),
    ['access.members'],
  );
  const wrong = fieldProblems(command.problem);
  return (
    <MoveForm
      title={t('members.add')}
      effect={t('members.addEffect')}
      submit={t('members.add')}
      ready={email.trim() !== '' && name.trim() !== '' && chosen.length > 0}
      command={command}
      onSubmit={() => void command.run({ email: email.trim(), name: name.trim(), roles: chosen }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <div className="form-row">
        <Field label={t('members.name')} problem={wrong['name']}>
          {(input) => <input {...input} required className="input" value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label={t('signin.email')} problem={wrong['email']}>
          {(input) => (
            <input {...input} required type="email" className="input" value={email} onChange={(event) => setEmail(event.target.value)} />
          )}
        </Field>
      </div>
      <RoleChoice value={chosen} problem={wrong['roles']} onChange={setChosen} />
    </MoveForm>
  );
}

function SetRoles({ member, onDone }: { readonly member: Member; readonly onDone: () => void }) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<Role[]>(() => roles.filter((role) => member.roles.includes(role)));
  const command = useCommand(
    (yunfab, input: { roles: Role[] }, options) => yunfab.access.members.setRoles({ member: member.id, ...input }, options),
    ['access.members'],
  );
  return (
    <MoveForm
      title={`${t('members.setRoles')}: ${member.name}`}
      effect={t('members.setRolesEffect')}
      submit={t('members.setRoles')}
      ready={chosen.length > 0}
      command={command}
      onSubmit={() => void command.run({ roles: chosen }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <RoleChoice value={chosen} problem={fieldProblems(command.problem)['roles']} onChange={setChosen} />
    </MoveForm>
  );
}

function RemoveMember({ member, onDone }: { readonly member: Member; readonly onDone: () => void }) {
  const { t } = useWords();
  const command = useCommand(
    (yunfab, _: null, options) => yunfab.access.members.remove({ member: member.id }, options),
    ['access.members'],
  );
  return (
    <MoveForm
      danger
      title={`${t('members.remove')}: ${member.name}`}
      effect={t('members.removeEffect')}
      submit={t('members.remove')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
