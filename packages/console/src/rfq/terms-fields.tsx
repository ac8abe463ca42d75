import { Field } from '../design/field.js';
import { useWords } from '../words/words.js';

export const incotermRules = ['EXW', 'FCA', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP', 'FAS', 'FOB', 'CFR', 'CIF'] as const;
export type IncotermRule = (typeof incotermRules)[number];
export const currencies = ['CNY', 'USD', 'EUR', 'JPY', 'KRW', 'GBP', 'HKD', 'AUD', 'SGD'] as const;
export type Currency = (typeof currencies)[number];

export interface DeliveryTerms {
  readonly rule: IncotermRule | '';
  readonly place: string;
}

interface DeliveryFieldsProps {
  readonly value: DeliveryTerms;
  /** Where nothing need be agreed. */
  readonly optional?: boolean;
  readonly wrong: Readonly<Record<string, string>>;
  readonly onChange: (value: DeliveryTerms) => void;
}

export function DeliveryFields({ value, optional = false, wrong, onChange }: DeliveryFieldsProps) {
  const { t } = useWords();
  return (
    <>
      <Field label={t('rfq.incoterm')} problem={wrong['delivery.rule'] ?? wrong['delivery']}>
        {(input) => (
          <select
            {...input}
            className="input"
            value={value.rule}
            onChange={(event) => onChange({ ...value, rule: event.target.value as IncotermRule | '' })}
          >
            {optional ? <option value="">{t('rfq.notSaid')}</option> : null}
            {incotermRules.map((rule) => (
              <option key={rule} value={rule}>
                {rule} · {t(`incoterm.${rule}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('rfq.place')} problem={wrong['delivery.place']}>
        {(input) => (
          <input {...input} className="input" value={value.place} onChange={(event) => onChange({ ...value, place: event.target.value })} />
        )}
      </Field>
    </>
  );
}

interface CurrencyFieldProps {
  readonly value: Currency;
  readonly label?: string;
  readonly problem: string | undefined;
  readonly onChange: (value: Currency) => void;
}

export function CurrencyField({ value, label, problem, onChange }: CurrencyFieldProps) {
  const { t } = useWords();
  return (
    <Field label={label ?? t('orders.currency')} problem={problem}>
      {(input) => (
        <select {...input} className="input" value={value} onChange={(event) => onChange(event.target.value as Currency)}>
          {currencies.map((code) => (
            <option key={code}>{code}</option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly type?: 'text' | 'date' | 'datetime-local';
  /** A figure: right-aligned, with its unit beside. */
  readonly unit?: string;
  readonly long?: boolean;
  readonly onChange: (value: string) => void;
}

export function TextField({ label, value, hint, problem, type = 'text', unit, long = false, onChange }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(input) =>
        long ? (
          <textarea {...input} className="input" value={value} onChange={(event) => onChange(event.target.value)} />
        ) : unit === undefined ? (
          <input {...input} className="input" type={type} value={value} onChange={(event) => onChange(event.target.value)} />
        ) : (
          <div className={unit ? 'with-unit' : ''}>
            <input
              {...input}
              className="input number"
              inputMode="decimal"
              value={value}
              onChange={(event) => onChange(event.target.value)}
            />
            {unit ? <span className="unit">{unit}</span> : null}
          </div>
        )
      }
    </Field>
  );
}

/** What a field for date and time shows of an instant, by the person's own clock. */
export const localOf = (instant: string): string => {
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

/** The instant that a person means by a date and a time of their own clock; empty while there is none. */
export const instantOf = (local: string): string => {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
};
