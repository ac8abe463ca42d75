import type { Client } from '../app/client.js';
import { Field } from '../design/field.js';
import { useIndustries } from '../verticals/pages.js';
import { tradeUnits } from '../words/units.js';
import { useWords } from '../words/words.js';
import { type SpecificationFields, SpecificationForm } from './specification-form.js';

type ProposedLine = Parameters<Client['orders']['propose']>[0]['lines'][number];

export interface DraftLine {
  /** Tells lines apart while they are typed. */
  readonly key: string;
  readonly description: string;
  readonly quantity: string;
  readonly unit: string;
  readonly unitPrice: string;
  readonly specification: { readonly schema: string; readonly value: SpecificationFields } | null;
}

let drafted = 0;

export function draftLine(): DraftLine {
  drafted += 1;
  return { key: String(drafted), description: '', quantity: '', unit: 'H87', unitPrice: '', specification: null };
}

/** As the platform takes it; what is wrong with it the platform says, field by field. */
export function lineInput({ description, quantity, unit, unitPrice, specification }: DraftLine): ProposedLine {
  return {
    description: description.trim(),
    quantity: { value: quantity.trim(), unit: unit as ProposedLine['quantity']['unit'] },
    unitPrice: unitPrice.trim(),
    ...(specification
      ? {
          specification: {
            schema: specification.schema,
            value: specification.value as NonNullable<ProposedLine['specification']>['value'],
          },
        }
      : {}),
  };
}

interface LineFormProps {
  readonly line: DraftLine;
  readonly currency: string;
  readonly wrong: (field: string) => string | undefined;
  readonly onChange: (part: Partial<DraftLine>) => void;
}

export function LineForm({ line, currency, wrong, onChange }: LineFormProps) {
  const { t, say, language } = useWords();
  const { answer } = useIndustries();
  const specifications = answer?.verticals.flatMap((industry) => industry.specifications) ?? [];
  const specification = specifications.find(({ id }) => id === line.specification?.schema);
  const chooseSpecification = (id: string) => {
    const chosen = specifications.find((each) => each.id === id);
    onChange({ specification: chosen ? { schema: chosen.id, value: chosen.example as SpecificationFields } : null });
  };
  return (
    <div className="form">
      <div className="form-row">
        <Field label={t('propose.description')} problem={wrong('description')}>
          {(input) => (
            <input
              {...input}
              required
              className="input"
              value={line.description}
              onChange={(event) => onChange({ description: event.target.value })}
            />
          )}
        </Field>
        {specifications.length > 0 ? (
          <Field label={t('form.optional', { field: t('propose.specification') })} problem={wrong('specification')}>
            {(input) => (
              <select
                {...input}
                className="input"
                value={line.specification?.schema ?? ''}
                onChange={(event) => chooseSpecification(event.target.value)}
              >
                <option value="">{t('propose.noSpecification')}</option>
                {specifications.map((each) => (
                  <option key={each.id} value={each.id}>
                    {say(each.words)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        ) : null}
      </div>
      {specification && line.specification ? (
        <SpecificationForm
          specification={specification}
          value={line.specification.value}
          wrong={(field) => wrong(`specification.value.${field}`)}
          onChange={(value) => onChange({ specification: { schema: specification.id, value } })}
        />
      ) : null}
      <div className="form-row">
        <Field label={t('orders.quantity')} problem={wrong('quantity.value') ?? wrong('quantity')}>
          {(input) => (
            <input
              {...input}
              required
              className="input number"
              inputMode="decimal"
              value={line.quantity}
              onChange={(event) => onChange({ quantity: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('propose.unit')} problem={wrong('quantity.unit')}>
          {(input) => (
            <select {...input} className="input" value={line.unit} onChange={(event) => onChange({ unit: event.target.value })}>
              {Object.entries(tradeUnits).map(([code, words]) => (
                <option key={code} value={code}>
                  {words[language]} ({code})
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('propose.unitPrice')} problem={wrong('unitPrice')}>
          {(input) => (
            <div className="with-unit">
              <input
                {...input}
                required
                className="input number"
                inputMode="decimal"
                value={line.unitPrice}
                onChange={(event) => onChange({ unitPrice: event.target.value })}
              />
              <span className="unit">{currency}</span>
            </div>
          )}
        </Field>
      </div>
    </div>
  );
}
