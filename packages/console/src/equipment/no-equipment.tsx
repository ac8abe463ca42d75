import { Empty } from '../app/states.js';
import { useWords } from '../words/words.js';

export function NoEquipment() {
  const { t } = useWords();
  return (
    <Empty
      title={t('equipment.none')}
      what={t('equipment.noneWhat')}
      sdk="await yunfab.equipment.create({ code: 'press-1', name: 'Press 1', model: '…' })"
      command="yunfab device create --help"
    />
  );
}
