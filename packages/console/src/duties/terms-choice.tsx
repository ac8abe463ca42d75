import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useMay } from '../app/permissions.js';
import { useList } from '../app/platform.js';
import { Button } from '../design/button.js';
import { MoreButton } from '../design/list-foot.js';
import { Panel } from '../design/panel.js';
import { useWords } from '../words/words.js';
import { TermsText } from './terms-text.js';

export type TermsSummary = Awaited<ReturnType<Client['orders']['terms']['list']>>['items'][number];

/** What may be put under an agreement now, own texts before those of the platform; `lists` to load further ones of. */
export function useTermsInForce() {
  const { t } = useWords();
  const enabled = useMay()('orders.terms.view');
  const own = useList(['orders.terms.list', {}], (yunfab, page, options) => yunfab.orders.terms.list(page, options), { enabled });
  const platform = useList(
    ['orders.terms.list', { from: 'platform' }],
    (yunfab, page, options) => yunfab.orders.terms.list({ from: 'platform', ...page }, options),
    { enabled },
  );
  const inForce = (items: readonly TermsSummary[]) => items.filter(({ state }) => state === 'published');
  return {
    groups: [
      { label: t('terms.own'), items: inForce(own.items) },
      { label: t('terms.platform'), items: inForce(platform.items).filter(({ id }) => !own.items.some((each) => each.id === id)) },
    ].filter(({ items }) => items.length > 0),
    lists: [own, platform],
  };
}

/** What is wrong with the terms of a form, whichever of them it is. */
export const termsProblem = (wrong: Readonly<Record<string, string>>): string | undefined =>
  Object.entries(wrong).find(([field]) => field === 'terms' || field.startsWith('terms.'))?.[1];

interface TermsChoiceProps {
  readonly chosen: readonly string[];
  readonly what: string;
  readonly problem: string | undefined;
  readonly onChange: (chosen: readonly string[]) => void;
}

/** The texts that an agreement shall be under; nothing at all while there is none in force. */
export function TermsChoice({ chosen, what, problem, onChange }: TermsChoiceProps) {
  const { t, say } = useWords();
  const { groups, lists } = useTermsInForce();
  const [read, setRead] = useState<string | null>(null);
  if (groups.length === 0) return null;
  return (
    <Panel title={t('form.optional', { field: t('terms.title') })}>
      <div className="form" data-terms-choice>
        <p className="soft">{what}</p>
        {groups.map(({ label, items }) => (
          <fieldset key={label} className="form" style={{ gap: 4 }}>
            <legend className="soft small">{label}</legend>
            {items.map(({ id, title, code, number }) => (
              <div key={id} className="actions" style={{ justifyContent: 'space-between', flexWrap: 'nowrap' }}>
                <label className="check">
                  <input
                    type="checkbox"
                    checked={chosen.includes(id)}
                    onChange={(event) => onChange(event.target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))}
                  />
                  <span>
                    {say(title)}{' '}
                    <span className="soft">
                      {code} · {t('terms.version', { number: String(number) })}
                    </span>
                  </span>
                </label>
                <Button look="quiet" aria-label={`${t('terms.read')}: ${say(title)}`} onClick={() => setRead(id)}>
                  {t('terms.read')}
                </Button>
              </div>
            ))}
          </fieldset>
        ))}
        {lists.map((list, index) => (
          <MoreButton key={`${index + 1}`} list={list} />
        ))}
        {problem ? <span className="problem">{problem}</span> : null}
      </div>
      {read ? <TermsText terms={read} onClose={() => setRead(null)} /> : null}
    </Panel>
  );
}
