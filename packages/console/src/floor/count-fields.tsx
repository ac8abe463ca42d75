import { useFormat } from '../app/platform.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { useWords } from '../words/words.js';
import type { DispatchItem } from './floor-page.js';
import { ReasonField } from './reason-field.js';

const whys = ['no_device', 'device_down', 'correction', 'inspection', 'rework', 'other'] as const;

export interface CountInput {
  readonly good: string;
  readonly scrap: string;
  readonly rework: string;
  readonly fromRework: boolean;
  readonly alreadyCounted: string;
  readonly reworkTo: string;
  readonly reasonCode: string;
  readonly why: (typeof whys)[number];
  readonly note: string;
}

export const noCount: CountInput = {
  good: '',
  scrap: '',
  rework: '',
  fromRework: false,
  alreadyCounted: '',
  reworkTo: '',
  reasonCode: '',
  why: 'no_device',
  note: '',
};

interface CountFieldsProps {
  readonly item: DispatchItem;
  readonly count: CountInput;
  readonly problems: Readonly<Record<string, string>>;
  readonly onChange: (count: CountInput) => void;
}

/** Good, scrap and rework; a reason once something is lost, and where rework is done. */
export function CountFields({ item, count, problems, onChange }: CountFieldsProps) {
  const { t, say } = useWords();
  const format = useFormat();
  const lost = Number(count.scrap) > 0 || Number(count.rework) > 0;
  const open = Number(item.reworkOpen) > 0;
  const amount = (name: 'good' | 'scrap' | 'rework' | 'alreadyCounted', label: string) => (
    <Field label={`${label} (${format.unit(item.unit)})`} problem={problems[name]}>
      {(input) => (
        <div className="floor-amount">
          <Button aria-label={t('floor.less', { what: label })} onClick={() => onChange({ ...count, [name]: step(count[name], -1) })}>
            −
          </Button>
          <input
            {...input}
            name={name}
            className="input number"
            inputMode="decimal"
            autoComplete="off"
            value={count[name]}
            onChange={(event) => onChange({ ...count, [name]: event.target.value })}
          />
          <Button aria-label={t('floor.more', { what: label })} onClick={() => onChange({ ...count, [name]: step(count[name], 1) })}>
            +
          </Button>
        </div>
      )}
    </Field>
  );
  return (
    <>
      {amount('good', t('production.good'))}
      {amount('scrap', t('production.scrap'))}
      {amount('rework', t('floor.rework'))}
      {open ? (
        <>
          <label className="floor-check">
            <input
              type="checkbox"
              checked={count.fromRework}
              onChange={(event) => onChange({ ...count, fromRework: event.target.checked })}
            />
            <span>{t('floor.fromRework', { quantity: format.quantity(item.reworkOpen, item.unit) })}</span>
          </label>
          {amount('alreadyCounted', t('floor.alreadyCounted'))}
        </>
      ) : null}
      {lost ? (
        <ReasonField
          code={count.reasonCode}
          problem={problems['reasonCode']}
          onChange={(reasonCode) => onChange({ ...count, reasonCode })}
        />
      ) : null}
      {Number(count.rework) > 0 && item.reworkTargets.length > 0 ? (
        <Field label={t('floor.reworkTo')} problem={problems['reworkTo']}>
          {(input) => (
            <select
              {...input}
              className="input"
              value={count.reworkTo}
              onChange={(event) => onChange({ ...count, reworkTo: event.target.value })}
            >
              <option value="">{t('floor.reworkInPlace')}</option>
              {item.reworkTargets.map(({ operation, position, words }) => (
                <option key={operation} value={operation}>
                  {position} {say(words)}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      <Field label={t('floor.why')}>
        {(input) => (
          <select
            {...input}
            className="input"
            value={count.why}
            onChange={(event) => onChange({ ...count, why: event.target.value as CountInput['why'] })}
          >
            {whys.map((why) => (
              <option key={why} value={why}>
                {t(`floor.whyBy.${why}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('form.optional', { field: t('orders.note') })} problem={problems['note']}>
        {(input) => (
          <input {...input} className="input" value={count.note} onChange={(event) => onChange({ ...count, note: event.target.value })} />
        )}
      </Field>
    </>
  );
}

const step = (value: string, by: 1 | -1): string => {
  const stepped = Math.max(0, Math.floor(Number(value) || 0) + by);
  return stepped === 0 ? '' : String(stepped);
};
