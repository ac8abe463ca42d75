import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAsk, useCommand, useFormat } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { ProblemNotice, Screen } from '../app/states.js';
import { Button } from '../design/button.js';
import { Money } from '../design/time.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import type { Comparison } from './comparison-panel.js';
import { type Rfq, touchedByRfq } from './rfq-page.js';
import { TextField } from './terms-fields.js';

interface AwardDialogProps {
  readonly rfq: Rfq;
  readonly onDone: () => void;
}

type Offered = Comparison['offers'][number] & { readonly offer: NonNullable<Comparison['offers'][number]['offer']> };

/** Quantities of each line to each valid quote; each quote that gets some becomes one order. */
export function AwardDialog({ rfq, onDone }: AwardDialogProps) {
  const asked = useAsk(['orders.rfq.compare', { rfq: rfq.id }], (yunfab, options) => yunfab.orders.rfq.compare({ rfq: rfq.id }, options));
  return (
    <Screen asked={asked} nested>
      {(comparison) => <Award rfq={rfq} comparison={comparison} onDone={onDone} />}
    </Screen>
  );
}

function Award({ rfq, comparison, onDone }: AwardDialogProps & { readonly comparison: Comparison }) {
  const { t, say } = useWords();
  const format = useFormat();
  const [, navigate] = useLocation();
  const [shares, setShares] = useState<Readonly<Record<string, string>>>({});
  const [numbers, setNumbers] = useState<Readonly<Record<string, string>>>({});
  const [final, setFinal] = useState(false);
  const command = useCommand(
    (yunfab, input: Parameters<typeof yunfab.orders.rfq.award>[0], options) => yunfab.orders.rfq.award(input, options),
    touchedByRfq,
  );
  const wrong = fieldProblems(command.problem);
  const offers = comparison.offers.filter(
    (each): each is Offered => each.offer !== null && !each.offer.expired && each.offer.state !== 'lost',
  );
  const shareOf = (line: string, quote: string) => shares[`${line} ${quote}`]?.trim() ?? '';
  const chosen = offers.filter(({ offer }) => comparison.lines.some(({ line }) => shareOf(line, offer.id) !== ''));
  const orders = chosen.map(({ offer }) => ({
    quote: offer.id,
    revision: offer.revision,
    ownNumber: numbers[offer.id]?.trim() ?? '',
    lines: comparison.lines.flatMap(({ line }) => {
      const quantity = shareOf(line, offer.id);
      return quantity === '' ? [] : [{ line, quantity }];
    }),
  }));
  const submit = async () => {
    const made = await command.run({ rfq: rfq.id, orders, final });
    const [only] = made?.orders ?? [];
    if (!made) return;
    onDone();
    if (made.orders.length === 1 && only) navigate(`/orders/${only.order}`);
  };
  return (
    <MoveForm
      wide
      title={t('rfq.awardTitle', { number: rfq.number })}
      effect={t('rfq.awardEffect')}
      submit={t('rfq.awardSubmit')}
      ready={orders.length > 0 && orders.every(({ ownNumber }) => ownNumber !== '')}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      <div className="actions">
        {offers.map(({ invitation, supplier, offer }) => (
          <Button key={invitation} data-all-to={supplier.code} onClick={() => setShares(allTo(comparison, invitation, offer.id))}>
            {t('rfq.allTo', { supplier: say(supplier.name) })}
          </Button>
        ))}
      </div>
      {comparison.lines.map((line) => (
        <fieldset key={line.line} className="form" data-line={line.position}>
          <legend>
            <strong>
              {line.position}. {line.description}
            </strong>{' '}
            <span className="soft">{t('rfq.leftOf', { left: format.quantity(line.left, line.quantity.unit) })}</span>
          </legend>
          <div className="form-row">
            {offers.map(({ invitation, supplier, offer }) => {
              const offered = line.offers.find((each) => each.invitation === invitation);
              if (!offered) return null;
              const key = `${line.line} ${offer.id}`;
              return (
                <div key={invitation}>
                  <TextField
                    label={say(supplier.name)}
                    unit={format.unit(line.quantity.unit)}
                    value={shares[key] ?? ''}
                    onChange={(value) => setShares({ ...shares, [key]: value })}
                  />
                  <span className="soft small">
                    {t('rfq.atPrice', { quantity: format.quantity(line.quantity.value, line.quantity.unit) })}{' '}
                    <Money {...offered.unitPrice} />
                    {offered.minimumLot === null ? '' : ` · ${t('rfq.minimumOf', { minimum: format.number(offered.minimumLot) })}`}
                  </span>
                </div>
              );
            })}
          </div>
        </fieldset>
      ))}
      {chosen.length > 0 ? (
        <div className="form-row">
          {chosen.map(({ supplier, offer }, index) => (
            <div key={offer.id}>
              <TextField
                label={t('rfq.orderNumberFor', { supplier: say(supplier.name) })}
                value={numbers[offer.id] ?? ''}
                problem={wrong[`orders.${index}.ownNumber`]}
                onChange={(value) => setNumbers({ ...numbers, [offer.id]: value })}
              />
              <PricedShare quote={offer.id} revision={offer.revision} lines={orders[index]?.lines ?? []} />
            </div>
          ))}
        </div>
      ) : null}
      <label className="check">
        <input type="checkbox" checked={final} onChange={(event) => setFinal(event.target.checked)} />
        {t('rfq.final')}
      </label>
    </MoveForm>
  );
}

interface PricedShareProps {
  readonly quote: string;
  readonly revision: number;
  readonly lines: readonly { readonly line: string; readonly quantity: string }[];
}

/** What the platform reckons for these quantities, each at its break; nothing while they are not numbers. */
function PricedShare({ quote, revision, lines }: PricedShareProps) {
  const { t } = useWords();
  const input = { quote, revision, lines: lines.map((each) => ({ ...each })) };
  const { answer, problem } = useAsk(
    ['orders.rfq.quotes.price', input],
    (yunfab, options) => yunfab.orders.rfq.quotes.price(input, options),
    {
      enabled: lines.length > 0 && lines.every(({ quantity }) => Number(quantity) > 0),
    },
  );
  if (problem) return <ProblemNotice problem={problem} />;
  if (!answer) return null;
  return (
    <span className="soft small" data-priced={quote}>
      {t('rfq.shareCosts')} <Money {...answer.total} />
      {Number(answer.tooling.amount) > 0 ? (
        <>
          {' · '}
          {t('rfq.row.tooling')} <Money {...answer.tooling} />
        </>
      ) : null}
    </span>
  );
}

/** Whatever is left of each line that the supplier offers. */
function allTo({ lines }: Comparison, invitation: string, quote: string): Readonly<Record<string, string>> {
  const offered = lines.filter(({ left, offers }) => Number(left) > 0 && offers.some((each) => each.invitation === invitation));
  return Object.fromEntries(offered.map(({ line, left }) => [`${line} ${quote}`, left]));
}
