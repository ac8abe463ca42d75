import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../design/button.js';
import { Panel } from '../design/panel.js';
import { useWords } from '../words/words.js';
import type { Preview } from './import-page.js';

interface ImportRowsProps {
  readonly title: string;
  readonly rows: Preview['rows'];
  readonly counts: Preview['counts'];
}

const page = 200;
const outcomes = ['created', 'updated', 'unchanged', 'refused'] as const;

/** Refused rows first: they are what somebody has to do something about. */
export function ImportRows({ title, rows, counts }: ImportRowsProps) {
  const { t, say } = useWords();
  const [most, setMost] = useState(page);
  const sorted = useMemo(
    () => [...rows].sort((a, b) => Number(b.outcome === 'refused') - Number(a.outcome === 'refused') || a.row - b.row),
    [rows],
  );
  const sums = outcomes.filter((each) => counts[each] > 0).map((each) => `${t(`import.outcome.${each}`)} ${counts[each]}`);
  return (
    <Panel title={title} aside={<span role="status">{sums.join(' · ')}</span>} flush>
      <div className="table-room">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('import.row')}</th>
              <th scope="col">{t('orders.number')}</th>
              <th scope="col">{t('import.outcome')}</th>
              <th scope="col">{t('import.issue')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, most).map(({ row, number, outcome, order, issues }) => (
              <tr key={row}>
                <td className="number">{row}</td>
                <td>{order ? <Link href={`/orders/${order}`}>{number}</Link> : number}</td>
                <td>
                  {outcome === 'refused' ? (
                    <strong className="problem">{t('import.outcome.refused')}</strong>
                  ) : (
                    t(`import.outcome.${outcome}`)
                  )}
                </td>
                <td>
                  {issues.map(({ column, code, words }) => (
                    <div key={`${column}${code}`}>
                      {column ? <strong>{column}: </strong> : null}
                      {say(words)}
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length > most ? (
          <div className="actions">
            <span className="soft">{t('import.moreRows', { count: rows.length - most })}</span>
            <Button onClick={() => setMost(most + page)}>{t('list.more')}</Button>
          </div>
        ) : null}
      </div>
    </Panel>
  );
}
