import { useState } from 'react';
import { useFormat } from '../app/platform.js';
import { useWords } from '../words/words.js';
import { LedgerDialog } from './ledger-dialog.js';

/** The balances of one line or of all lines of one unit, as decimal strings. */
export interface Balances {
  readonly ordered: string;
  readonly produced: string;
  readonly producedByHand: string;
  readonly shipped: string;
  readonly received: string;
  readonly accepted: string;
  readonly conceded: string;
  readonly rejected: string;
  readonly returned: string;
  readonly invoiced: string;
}

/** For drawing only: the figures themselves stay exact strings. */
const share = (part: string, whole: string) => (Number(whole) > 0 ? Math.min(1, Number(part) / Number(whole)) : 0);

function Track({ balances }: { readonly balances: Balances }) {
  const width = (part: string) => ({ width: `${share(part, balances.ordered) * 100}%` });
  return (
    <div className="track" aria-hidden="true">
      <span className="fill produced" style={width(balances.produced)} />
      <span className="fill shipped" style={width(balances.shipped)} />
      <span className="fill accepted" style={width(balances.accepted)} />
    </div>
  );
}

/** In a list: how much of it is made. */
export function ProgressGlance({ progress }: { readonly progress: readonly (Balances & { readonly unit: string })[] }) {
  const format = useFormat();
  return (
    <div style={{ minWidth: 110 }}>
      {progress.map((balances) => (
        <div key={balances.unit}>
          <span className="nowrap">
            {format.number(balances.produced)} <span className="soft">/ {format.quantity(balances.ordered, balances.unit)}</span>
          </span>
          <Track balances={balances} />
        </div>
      ))}
    </div>
  );
}

const kinds = ['ordered', 'produced', 'shipped', 'received', 'accepted', 'conceded', 'rejected', 'returned', 'invoiced'] as const;
/** Shown once there is any. */
const exceptional: readonly LedgerKind[] = ['conceded', 'rejected', 'returned', 'invoiced'];
export type LedgerKind = (typeof kinds)[number];

interface LineProgressProps {
  readonly order: string;
  readonly line: string;
  readonly description: string;
  readonly unit: string;
  readonly balances: Balances;
}

/** A line's progress; each number opens the ledger entries that it is the sum of. */
export function LineProgress({ order, line, description, unit, balances }: LineProgressProps) {
  const { t } = useWords();
  const format = useFormat();
  const [opened, setOpened] = useState<LedgerKind | null>(null);
  const swatch: Partial<Record<LedgerKind, string>> = {
    produced: 'color-mix(in srgb, var(--accent) 35%, var(--quiet-ground))',
    shipped: 'color-mix(in srgb, var(--accent) 65%, var(--quiet-ground))',
    accepted: 'var(--accent)',
  };
  const shown = kinds.filter((kind) => !exceptional.includes(kind) || Number(balances[kind]) !== 0);
  return (
    <div className="progress">
      <Track balances={balances} />
      <div className="figures">
        {shown.map((kind) => (
          <div key={kind} className="figure">
            <span className="label">
              {swatch[kind] ? <span className="swatch" style={{ background: swatch[kind] }} /> : null}
              {t(`ledger.${kind}`)}
            </span>
            <span className="value" data-figure={kind}>
              <button
                type="button"
                className="link-button"
                onClick={() => setOpened(kind)}
                aria-label={t('ledger.open', { kind: t(`ledger.${kind}`), quantity: format.quantity(balances[kind], unit) })}
              >
                {format.number(balances[kind])}
              </button>{' '}
              <span className="unit small">{format.unit(unit)}</span>
            </span>
            {kind === 'produced' && Number(balances.producedByHand) > 0 ? (
              <span className="small soft">{t('ledger.byHand', { quantity: format.number(balances.producedByHand) })}</span>
            ) : null}
          </div>
        ))}
      </div>
      {opened ? (
        <LedgerDialog
          order={order}
          line={line}
          kind={opened}
          title={`${t(`ledger.${opened}`)} · ${description}`}
          total={format.quantity(balances[opened], unit)}
          onClose={() => setOpened(null)}
        />
      ) : null}
    </div>
  );
}
