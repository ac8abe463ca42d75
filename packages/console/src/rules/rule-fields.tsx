import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import type { Equipment } from '../equipment/signals.js';
import { useSignalWords } from '../verticals/models.js';
import { measuredUnit } from '../words/units.js';
import { useWords } from '../words/words.js';
import { type ConditionDraft, comparisonsOf, emptyCondition, type SideDraft } from './rule-draft.js';

interface SideFieldsProps {
  readonly name: 'opens' | 'closes';
  readonly equipment: Equipment;
  readonly side: SideDraft;
  readonly problemAt: (field: string) => string | undefined;
  readonly onChange: (side: SideDraft) => void;
}

const mostConditions = 10;

/** When a run begins, or ends: conditions, whether all or any, and for how long they must hold. */
export function SideFields({ name, equipment, side, problemAt, onChange }: SideFieldsProps) {
  const { t } = useWords();
  const { conditions } = side;
  const put = (index: number, condition: ConditionDraft) =>
    onChange({ ...side, conditions: conditions.map((each, place) => (place === index ? condition : each)) });
  return (
    <fieldset className="rule-side" data-rule-side={name}>
      <legend>{t(`rules.${name}`)}</legend>
      {name === 'closes' && conditions.length === 0 ? <p className="soft small">{t('rules.closesSame')}</p> : null}
      {conditions.length > 1 ? (
        <select
          className="input"
          aria-label={t('rules.match')}
          value={side.match}
          onChange={(event) => onChange({ ...side, match: event.target.value === 'any' ? 'any' : 'all' })}
        >
          <option value="all">{t('rulesMatch.all')}</option>
          <option value="any">{t('rulesMatch.any')}</option>
        </select>
      ) : null}
      {conditions.map((condition, index) => (
        <ConditionFields
          // The place is what tells conditions apart.
          key={`${name} ${index}`}
          equipment={equipment}
          condition={condition}
          problemAt={(field) => problemAt(`${name}.conditions.${index}.${field}`)}
          onChange={(changed) => put(index, changed)}
          onRemove={
            name === 'opens' && conditions.length === 1
              ? null
              : () => onChange({ ...side, conditions: conditions.filter((_, place) => place !== index) })
          }
        />
      ))}
      <div className="rule-foot">
        <Button
          icon="plus"
          disabled={conditions.length >= mostConditions}
          onClick={() => onChange({ ...side, conditions: [...conditions, emptyCondition(equipment.signals)] })}
        >
          {t('rules.addCondition')}
        </Button>
        <SecondsField
          label={t('rules.for')}
          value={side.for}
          problem={problemAt(`${name}.forMs`)}
          onChange={(text) => onChange({ ...side, for: text })}
        />
      </div>
    </fieldset>
  );
}

interface ConditionFieldsProps {
  readonly equipment: Equipment;
  readonly condition: ConditionDraft;
  readonly problemAt: (field: string) => string | undefined;
  readonly onChange: (condition: ConditionDraft) => void;
  readonly onRemove: (() => void) | null;
}

function ConditionFields({ equipment, condition, problemAt, onChange, onRemove }: ConditionFieldsProps) {
  const { t } = useWords();
  const wordsOf = useSignalWords(equipment.model);
  const signal = equipment.signals.find(({ name }) => name === condition.signal);
  const kind = signal?.kind ?? 'number';
  const unit = measuredUnit(signal?.unit ?? '');
  const withBand = condition.is === 'above' || condition.is === 'below';
  const choose = (name: string) => {
    const next = equipment.signals.find((each) => each.name === name);
    const same = next?.kind === kind;
    const [is = 'equal'] = comparisonsOf(next?.kind ?? 'number');
    onChange(same ? { ...condition, signal: name } : { signal: name, is, value: next?.kind === 'boolean' ? 'true' : '', deadband: '' });
  };
  return (
    <div className="rule-condition">
      <Field label={t('equipment.signal')} problem={problemAt('signal')}>
        {(input) => (
          <select {...input} className="input" value={condition.signal} onChange={(event) => choose(event.target.value)}>
            {equipment.signals.map(({ name }) => (
              <option key={name} value={name}>
                {wordsOf(name)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('rules.is')} problem={problemAt('is')}>
        {(input) => (
          <select
            {...input}
            className="input"
            value={condition.is}
            onChange={(event) => {
              const is = comparisonsOf(kind).find((each) => each === event.target.value);
              if (is) onChange({ ...condition, is });
            }}
          >
            {comparisonsOf(kind).map((is) => (
              <option key={is} value={is}>
                {t(`rulesIs.${is}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={unit && kind === 'number' ? `${t('equipment.value')} (${unit})` : t('equipment.value')} problem={problemAt('value')}>
        {(input) =>
          kind === 'boolean' ? (
            <select
              {...input}
              className="input"
              value={condition.value}
              onChange={(event) => onChange({ ...condition, value: event.target.value })}
            >
              <option value="true">{t('yes')}</option>
              <option value="false">{t('no')}</option>
            </select>
          ) : (
            <input
              {...input}
              className="input"
              inputMode={kind === 'number' ? 'decimal' : 'text'}
              value={condition.value}
              onChange={(event) => onChange({ ...condition, value: event.target.value })}
            />
          )
        }
      </Field>
      {withBand ? (
        <Field label={t('rules.deadband')} problem={problemAt('deadband')}>
          {(input) => (
            <input
              {...input}
              className="input"
              inputMode="decimal"
              placeholder="0"
              value={condition.deadband}
              onChange={(event) => onChange({ ...condition, deadband: event.target.value })}
            />
          )}
        </Field>
      ) : (
        <span />
      )}
      {onRemove ? (
        <Button
          look="quiet"
          icon="close"
          aria-label={t('rules.removeCondition', { signal: wordsOf(condition.signal) })}
          onClick={onRemove}
        />
      ) : (
        <span />
      )}
    </div>
  );
}

interface SecondsFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (text: string) => void;
}

export function SecondsField({ label, hint, value, problem, onChange }: SecondsFieldProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(input) => (
        <input
          {...input}
          className="input"
          inputMode="decimal"
          placeholder="0"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
