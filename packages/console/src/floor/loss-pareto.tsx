import type { Chart } from '@yunfab/sdk';
import type { Client } from '../app/client.js';
import { useFormat } from '../app/platform.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Amount } from '../design/time.js';
import { Figure } from '../picture/figure.js';
import { bothWords, useWords } from '../words/words.js';

type Loss = Awaited<ReturnType<Client['production']['floor']['losses']>>['items'][number];

/** Bars of scrap and rework by reason, the biggest first, and the figures that they are drawn of. */
export function LossPareto({ unit, losses }: { readonly unit: Loss['unit']; readonly losses: readonly Loss[] }) {
  const { t, say } = useWords();
  const format = useFormat();
  const title = t('losses.pareto', { unit: format.unit(unit) });
  const named = (loss: Loss) => (loss.code ? `${loss.code} ${say(loss.words)}` : say(loss.words));
  const bars = (name: 'scrap' | 'rework') => losses.map((loss): [string, number] => [named(loss), Number(loss[name])]);
  const chart: Chart = {
    x: { words: bothWords('floor.reason'), kind: 'category' },
    y: { words: { en: format.unit(unit), zh: format.unit(unit) } },
    series: [
      { words: bothWords('production.scrap'), style: 'bar', tone: 'series-2', points: bars('scrap') },
      { words: bothWords('floor.rework'), style: 'bar', tone: 'series-3', points: bars('rework') },
    ],
  };
  return (
    <Panel title={title} flush>
      <div className="body">
        <Figure title={title} chart={chart} />
      </div>
      <RecordTable
        label={title}
        rows={losses}
        keyOf={({ code }) => code ?? ''}
        columns={[
          {
            name: 'reason',
            words: t('floor.reason'),
            cell: (loss) => (
              <>
                {loss.code ? <code>{loss.code}</code> : null} {say(loss.words)}
              </>
            ),
          },
          { name: 'scrap', words: t('production.scrap'), number: true, cell: (loss) => <Amount value={loss.scrap} unit={unit} /> },
          { name: 'rework', words: t('floor.rework'), number: true, cell: (loss) => <Amount value={loss.rework} unit={unit} /> },
          { name: 'share', words: t('losses.share'), number: true, cell: (loss) => format.percent(loss.share) },
          { name: 'sofar', words: t('losses.cumulative'), number: true, wide: true, cell: (loss) => format.percent(loss.cumulativeShare) },
        ]}
      />
    </Panel>
  );
}
