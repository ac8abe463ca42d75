import type { Client } from '../app/client.js';
import { Button } from '../design/button.js';
import { useWords } from '../words/words.js';
import type { Invitation } from './invitation-page.js';
import { TextField } from './terms-fields.js';

type Asked = NonNullable<Invitation['content']>['lines'][number];
type LineInput = Parameters<Client['orders']['rfq']['quotes']['revise']>[0]['lines'][number];

/** A line of a quote, while it is typed. */
export interface Priced {
  readonly line: string;
  readonly title: string;
  readonly unit: string;
  readonly prices: readonly { readonly from: string; readonly unitPrice: string }[];
  readonly tooling: string;
  readonly minimumLot: string;
  readonly leadDays: string;
}

/** As quoted before; otherwise with a price to fill in from one on and at each quantity that was asked for. */
export function pricedLine({ id, position, description, quantity, breaks }: Asked, quote: Invitation['quote']): Priced {
  const before = quote?.lines.find(({ line }) => line === id);
  const quantities = [...new Set(['1', ...breaks, quantity.value])].sort((a, b) => Number(a) - Number(b));
  return {
    line: id,
    title: `${position}. ${description}`,
    unit: quantity.unit,
    prices: before
      ? before.prices.map(({ from, unitPrice }) => ({ from, unitPrice: unitPrice.amount }))
      : quantities.map((from) => ({ from, unitPrice: '' })),
    tooling: before?.tooling.amount ?? '0',
    minimumLot: before?.minimumLot ?? '',
    leadDays: String(before?.leadDays ?? 30),
  };
}

/** Quantities without a price fall away: the break below them counts. */
export function pricedLineInput({ line, prices, tooling, minimumLot, leadDays }: Priced): LineInput {
  return {
    line,
    prices: prices
      .filter(({ unitPrice }) => unitPrice.trim() !== '')
      .map(({ from, unitPrice }) => ({ from: from.trim(), unitPrice: unitPrice.trim() })),
    tooling: tooling.trim() || '0',
    ...(minimumLot.trim() ? { minimumLot: minimumLot.trim() } : {}),
    leadDays: Number(leadDays),
  };
}

interface QuoteLineFormProps {
  readonly priced: Priced;
  readonly currency: string;
  readonly unit: string;
  readonly wrong: (field: string) => string | undefined;
  readonly onChange: (part: Partial<Priced>) => void;
}

export function QuoteLineForm({ priced, currency, unit, wrong, onChange }: QuoteLineFormProps) {
  const { t } = useWords();
  const { prices } = priced;
  const change = (index: number, part: Partial<Priced['prices'][number]>) =>
    onChange({ prices: prices.map((price, at) => (at === index ? { ...price, ...part } : price)) });
  return (
    <fieldset className="form">
      <legend>
        <strong>{priced.title}</strong>
      </legend>
      {prices.map((price, index) => (
        <div
          className="form-row"
          // Their places tell them apart while both fields are typed.
          key={`${index + 1}`}
        >
          <TextField
            label={t('rfq.from')}
            unit={unit}
            value={price.from}
            problem={wrong(`prices.${index}.from`)}
            onChange={(from) => change(index, { from })}
          />
          <TextField
            label={t('propose.unitPrice')}
            unit={currency}
            value={price.unitPrice}
            problem={wrong(`prices.${index}.unitPrice`) ?? (index === 0 ? wrong('prices') : undefined)}
            onChange={(unitPrice) => change(index, { unitPrice })}
          />
        </div>
      ))}
      <div className="actions">
        <Button icon="plus" look="quiet" onClick={() => onChange({ prices: [...prices, { from: '', unitPrice: '' }] })}>
          {t('rfq.oneMoreBreak')}
        </Button>
      </div>
      <div className="form-row">
        <TextField
          label={t('rfq.tooling')}
          unit={currency}
          value={priced.tooling}
          problem={wrong('tooling')}
          onChange={(tooling) => onChange({ tooling })}
        />
        <TextField
          label={t('form.optional', { field: t('rfq.minimumLot') })}
          unit={unit}
          value={priced.minimumLot}
          problem={wrong('minimumLot')}
          onChange={(minimumLot) => onChange({ minimumLot })}
        />
        <TextField
          label={t('rfq.leadDays')}
          unit={t('rfq.days')}
          value={priced.leadDays}
          problem={wrong('leadDays')}
          onChange={(leadDays) => onChange({ leadDays })}
        />
      </div>
    </fieldset>
  );
}
