import type { Client } from '../app/client.js';
import { Field } from '../design/field.js';
import { UnitField } from '../design/unit-field.js';
import { useWords } from '../words/words.js';
import { ChosenSpecification, type DraftSpecification, SpecificationChoice } from './specification-field.js';

type ProposedLine = Parameters<Client['orders']['propose']>[0]['lines'][number];

export interface DraftLine {
  /** Tells lines apart while they are typed. */
  readonly key: string;
  readonly description: string;
  readonly quantity: string;
  readonly unit: string;
  readonly unitPrice: string;
  readonly specification: DraftSpecification | null;
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
  const { t } = useWords();
  const specification = {
    specification: line.specification,
    wrong,
    onChange: (chosen: DraftSpecification | null) => onChange({ specification: chosen }),
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
        <SpecificationChoice {...specification} />
      </div>
      <ChosenSpecification {...specification} />
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
        <UnitField label={t('propose.unit')} value={line.unit} problem={wrong('quantity.unit')} onChange={(unit) => onChange({ unit })} />
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
