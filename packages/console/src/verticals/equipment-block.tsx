import { useAsk, useList } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Machine } from '../equipment/machine.js';
import { useWords } from '../words/words.js';
import type { BlockOf } from './pages.js';

/** Every machine of a model with its live curves and the run under way. */
export function EquipmentBlock({ block }: { readonly block: BlockOf<'equipment'> }) {
  const { t, say } = useWords();
  const list = useList(['equipment.list', {}], (yunfab, page, options) => yunfab.equipment.list(page, options));
  const machines = list.items.filter(({ model }) => model === block.model);
  return (
    <section className="stack" aria-label={say(block.words)}>
      <h2>{say(block.words)}</h2>
      {!list.pending && machines.length === 0 ? <p className="soft">{t('equipment.none')}</p> : null}
      {machines.map((machine) => (
        <OneMachine key={machine.id} id={machine.id} signals={block.signals} />
      ))}
    </section>
  );
}

function OneMachine({ id, signals }: { readonly id: string; readonly signals: readonly string[] }) {
  const asked = useAsk(['equipment.get', { equipment: id }], (yunfab, options) => yunfab.equipment.get({ equipment: id }, options));
  return (
    <Screen nested asked={asked}>
      {(equipment) => <Machine equipment={equipment} title={equipment.name} signals={signals} />}
    </Screen>
  );
}
