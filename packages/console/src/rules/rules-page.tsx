import { useState } from 'react';
import { Link } from 'wouter';
import { useAddressPart } from '../app/address.js';
import { useMay } from '../app/permissions.js';
import { useAsk, useCommand, useList } from '../app/platform.js';
import { ProblemNotice, Screen, SkeletonRows } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Chips } from '../design/chips.js';
import { MoreButton } from '../design/list-foot.js';
import { PageHead } from '../design/page-head.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import type { Equipment } from '../equipment/signals.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import type { Rule, RuleDefinition } from './rule-draft.js';
import { RuleForm } from './rule-form.js';
import { RuleSays } from './rule-words.js';

type Base = RuleDefinition & Pick<Rule, 'code' | 'words'>;

/** By which signals process runs of a machine begin and end. */
export function RulesPage({ equipment: id }: { readonly equipment: string }) {
  const asked = useAsk(['equipment.get', { equipment: id }], (yunfab, options) => yunfab.equipment.get({ equipment: id }, options));
  return <Screen asked={asked}>{(equipment) => <Rules equipment={equipment} />}</Screen>;
}

const shown = ['all'] as const;

function Rules({ equipment }: { readonly equipment: Equipment }) {
  const { t, say } = useWords();
  const manage = useMay()('production.runRules');
  const [all, setAll] = useAddressPart('show', shown);
  const filter = { equipment: equipment.id, ended: all !== null };
  const list = useList(['production.runRules.list', filter], (yunfab, page, options) =>
    yunfab.production.runRules.list({ ...filter, ...page }, options),
  );
  const proposed = useAsk(['production.runRules.proposed', { equipment: equipment.id }], (yunfab, options) =>
    yunfab.production.runRules.proposed({ equipment: equipment.id }, options),
  );
  const [making, setMaking] = useState<{ readonly base: Base | null } | null>(null);
  const [ending, setEnding] = useState<Rule | null>(null);
  const open = proposed.answer?.items.filter(({ inForce }) => inForce === null) ?? [];
  return (
    <>
      <PageHead
        title={t('rules.title')}
        crumbs={
          <>
            <Link href="/equipment">{t('equipment.title')}</Link>
            <span aria-hidden="true">/</span>
            <Link href={`/equipment/${equipment.id}`}>{equipment.name}</Link>
          </>
        }
        below={<p className="soft">{t('rules.what')}</p>}
      >
        {manage && equipment.signals.length > 0 ? (
          <Button look="primary" icon="plus" onClick={() => setMaking({ base: null })}>
            {t('rules.new')}
          </Button>
        ) : null}
      </PageHead>
      <div className="stack">
        <Chips<'all'>
          label={t('rules.show')}
          value={all}
          onChoose={setAll}
          choices={[
            { value: null, words: t('rules.inForce') },
            { value: 'all', words: t('rules.endedToo') },
          ]}
        />
        {list.problem ? <ProblemNotice problem={list.problem} onRetry={list.again} /> : null}
        {list.pending ? <SkeletonRows rows={4} /> : null}
        {!list.pending && !list.problem && list.items.length === 0 ? <p className="soft">{t('rules.none')}</p> : null}
        {list.items.map((rule) => (
          <RulePanel
            key={rule.id}
            equipment={equipment}
            rule={rule}
            manage={manage}
            onChange={() => setMaking({ base: rule })}
            onEnd={() => setEnding(rule)}
          />
        ))}
        <MoreButton list={list} />
        {proposed.problem ? <ProblemNotice problem={proposed.problem} onRetry={proposed.again} /> : null}
        {open.map((rule) => (
          <Panel
            key={rule.code}
            title={t('rules.proposed', { rule: say(rule.words) })}
            aside={manage ? <Button onClick={() => setMaking({ base: rule })}>{t('rules.take')}</Button> : null}
          >
            <RuleSays equipment={equipment} rule={rule} />
          </Panel>
        ))}
      </div>
      {making ? <RuleForm equipment={equipment} base={making.base} onDone={() => setMaking(null)} /> : null}
      {ending ? <EndForm rule={ending} onDone={() => setEnding(null)} /> : null}
    </>
  );
}

interface RulePanelProps {
  readonly equipment: Equipment;
  readonly rule: Rule;
  readonly manage: boolean;
  readonly onChange: () => void;
  readonly onEnd: () => void;
}

function RulePanel({ equipment, rule, manage, onChange, onEnd }: RulePanelProps) {
  const { t, say } = useWords();
  return (
    <Panel
      title={say(rule.words)}
      aside={
        <>
          {rule.until === null ? (
            <Badge state="in_force" tone="good" words={t('rules.isInForce')} />
          ) : (
            <Badge state="ended" words={t('rules.isEnded')} />
          )}
          {manage && rule.until === null ? (
            <>
              <Button onClick={onChange}>{t('rules.change')}</Button>
              <Button look="danger" onClick={onEnd}>
                {t('rules.end')}
              </Button>
            </>
          ) : null}
        </>
      }
    >
      <div className="stack" data-rule={rule.code} data-rule-state={rule.until === null ? 'in_force' : 'ended'}>
        <RuleSays equipment={equipment} rule={rule} />
        <p className="soft small">
          <span className="mono">{rule.code}</span> · {t('rules.from')} <Moment at={rule.since} />
          {rule.until ? (
            <>
              {' '}
              {t('rules.to')} <Moment at={rule.until} />
            </>
          ) : null}{' '}
          · {t('rules.setBy', { who: rule.setBy })} <Moment at={rule.setAt} /> ·{' '}
          <Link href={`/runs?rule=${rule.id}`}>{t('rules.itsRuns')}</Link>
        </p>
      </div>
    </Panel>
  );
}

function EndForm({ rule, onDone }: { readonly rule: Rule; readonly onDone: () => void }) {
  const { t, say } = useWords();
  const command = useCommand((yunfab, _: null, options) => yunfab.production.runRules.retire({ rule: rule.id }, options), ['production']);
  return (
    <MoveForm
      danger
      title={t('rules.endTitle', { rule: say(rule.words) })}
      effect={t('rules.endEffect')}
      submit={t('rules.end')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
