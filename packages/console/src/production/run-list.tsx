import { Link } from 'wouter';
import { useAddressPart, useAddressParts } from '../app/address.js';
import { useAsk } from '../app/platform.js';
import { Button } from '../design/button.js';
import { Chips } from '../design/chips.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import { useWords } from '../words/words.js';
import { RunsTable } from './runs-table.js';

const states = ['running', 'ended', 'evaluated'] as const;

export function RunList() {
  const { t, say } = useWords();
  const [{ rule }, setRule] = useAddressParts(['rule']);
  const named = useAsk(['production.runRules.get', { rule }], (yunfab, options) => yunfab.production.runRules.get({ rule }, options), {
    enabled: rule !== '',
  });
  const [state, setState] = useAddressPart('state', states);
  useListKeys();
  return (
    <>
      <PageHead title={t('run.title')}>
        <Link className="button" href="/golden-runs">
          {t('goldens.title')}
        </Link>
      </PageHead>
      <div className="stack">
        {rule ? (
          <p className="actions">
            <span className="soft">{t('rules.runsOf')}</span>
            {named.answer ? (
              <Link href={`/equipment/${named.answer.equipment.id}/run-rules`}>
                {say(named.answer.words)} · {named.answer.equipment.name}
              </Link>
            ) : null}
            <Button onClick={() => setRule({ rule: '' })}>{t('rules.allRuns')}</Button>
          </p>
        ) : null}
        <Chips
          label={t('orders.filterState')}
          value={state}
          onChoose={setState}
          choices={[
            { value: null, words: t('orders.allStates') },
            ...states.map((each) => ({ value: each, words: t(`runState.${each}`) })),
          ]}
        />
        <RunsTable bare title={t('run.title')} filter={{ ...(state ? { state } : {}), ...(rule ? { rule } : {}) }} />
      </div>
    </>
  );
}
