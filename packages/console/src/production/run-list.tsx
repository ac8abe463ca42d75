import { useAddressPart } from '../app/address.js';
import { Chips } from '../design/chips.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import { useWords } from '../words/words.js';
import { RunsTable } from './runs-table.js';

const states = ['running', 'ended', 'evaluated'] as const;

export function RunList() {
  const { t } = useWords();
  const [state, setState] = useAddressPart('state', states);
  useListKeys();
  return (
    <>
      <PageHead title={t('run.title')} />
      <div className="stack">
        <Chips
          label={t('orders.filterState')}
          value={state}
          onChoose={setState}
          choices={[
            { value: null, words: t('orders.allStates') },
            ...states.map((each) => ({ value: each, words: t(`runState.${each}`) })),
          ]}
        />
        <RunsTable bare title={t('run.title')} filter={state ? { state } : {}} />
      </div>
    </>
  );
}
