import { useState } from 'react';
import type { Client } from '../app/client.js';
import { ListTable } from '../app/list-table.js';
import { useMay } from '../app/permissions.js';
import { useAsk, useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Empty } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { Panel } from '../design/panel.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';

type Reason = Awaited<ReturnType<Client['production']['floor']['reasons']['list']>>['items'][number];
type Opened = 'add' | { readonly retire: Reason };

/** The organization's own reasons for scrap and rework: devices report their codes, people choose their words. */
export function ReasonsPanel() {
  const { t, language } = useWords();
  const may = useMay();
  const list = useAsk(['production.floor.reasons.list', {}], (yunfab, options) => yunfab.production.floor.reasons.list({}, options));
  const [opened, setOpened] = useState<Opened | null>(null);
  const plans = may('production.plan');
  const done = () => {
    setOpened(null);
    list.again();
  };
  const reasons = [...(list.answer?.items ?? [])].sort((a, b) => Number(a.retired) - Number(b.retired));
  return (
    <Panel
      title={t('reasons.title')}
      flush
      aside={
        plans ? (
          <Button icon="plus" onClick={() => setOpened('add')}>
            {t('reasons.add')}
          </Button>
        ) : null
      }
    >
      <ListTable
        list={{ ...list, items: reasons }}
        skeletonRows={4}
        label={t('reasons.title')}
        keyOf={({ code }) => code}
        columns={[
          { name: 'code', words: t('reasons.code'), cell: ({ code }) => <code>{code}</code> },
          { name: 'words', words: t('reasons.words'), cell: ({ words }) => words[language] },
          {
            name: 'other',
            words: t('reasons.otherLanguage'),
            wide: true,
            cell: ({ words }) => <span lang={language === 'zh' ? 'en' : 'zh-CN'}>{words[language === 'zh' ? 'en' : 'zh']}</span>,
          },
          {
            name: 'state',
            words: t('orders.state'),
            cell: ({ retired }) => (
              <Badge state={retired ? 'retired' : 'active'} words={t(retired ? 'reasons.state.retired' : 'reasons.state.active')} />
            ),
          },
          {
            name: 'moves',
            words: <span className="visually-hidden">{t('moves')}</span>,
            cell: (reason) =>
              plans && !reason.retired ? (
                <Button aria-label={t('reasons.retireNamed', { code: reason.code })} onClick={() => setOpened({ retire: reason })}>
                  {t('reasons.retire')}
                </Button>
              ) : null,
          },
        ]}
        none={
          <Empty
            title={t('reasons.none')}
            what={t('reasons.noneWhat')}
            sdk="await yunfab.production.floor.reasons.add({ code: 'FLASH', words: { en: 'Flash', zh: '飞边' } })"
          />
        }
      />
      {opened === 'add' ? <AddReason onDone={done} /> : opened ? <RetireReason reason={opened.retire} onDone={done} /> : null}
    </Panel>
  );
}

interface NewReason {
  readonly code: string;
  readonly en: string;
  readonly zh: string;
}

function AddReason({ onDone }: { readonly onDone: () => void }) {
  const { t } = useWords();
  const [given, setGiven] = useState<NewReason>({ code: '', en: '', zh: '' });
  const command = useCommand((yunfab, { code, en, zh }: NewReason, options) =>
    yunfab.production.floor.reasons.add({ code: code.trim(), words: { en: en.trim(), zh: zh.trim() } }, options),
  );
  const problems = fieldProblems(command.problem);
  const text = (name: keyof NewReason, label: string, more: { readonly problem: string | undefined; readonly hint?: string }) => (
    <Field label={label} {...more}>
      {(input) => (
        <input
          {...input}
          required
          name={name}
          className={name === 'code' ? 'input mono' : 'input'}
          lang={name === 'code' ? undefined : name === 'zh' ? 'zh-CN' : 'en'}
          value={given[name]}
          onChange={(event) => setGiven({ ...given, [name]: name === 'code' ? event.target.value.toUpperCase() : event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <MoveForm
      title={t('reasons.add')}
      effect={t('reasons.addEffect')}
      submit={t('reasons.add')}
      ready={Object.values(given).every((value) => value.trim() !== '')}
      command={command}
      onSubmit={() => void command.run(given).then((added) => added && onDone())}
      onCancel={onDone}
    >
      {text('code', t('reasons.code'), { problem: problems['code'], hint: t('reasons.codeHint') })}
      {text('en', t('reasons.english'), { problem: problems['words.en'] })}
      {text('zh', t('reasons.chinese'), { problem: problems['words.zh'] })}
    </MoveForm>
  );
}

function RetireReason({ reason, onDone }: { readonly reason: Reason; readonly onDone: () => void }) {
  const { t } = useWords();
  const command = useCommand((yunfab, _: null, options) => yunfab.production.floor.reasons.retire({ code: reason.code }, options));
  return (
    <MoveForm
      danger
      title={t('reasons.retireNamed', { code: reason.code })}
      effect={t('reasons.retireEffect')}
      submit={t('reasons.retire')}
      command={command}
      onSubmit={() => void command.run(null).then((retired) => retired && onDone())}
      onCancel={onDone}
    />
  );
}
