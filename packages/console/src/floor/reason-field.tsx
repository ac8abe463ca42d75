import { useAsk } from '../app/platform.js';
import { Field } from '../design/field.js';
import { useWords } from '../words/words.js';

interface ReasonFieldProps {
  readonly code: string;
  readonly problem: string | undefined;
  readonly onChange: (code: string) => void;
}

/** Why units are scrap or in rework, of the organization's own list; nothing while it has none. */
export function ReasonField({ code, problem, onChange }: ReasonFieldProps) {
  const { t, say } = useWords();
  const { answer } = useAsk(['production.floor.reasons.list', {}], (yunfab, options) => yunfab.production.floor.reasons.list({}, options));
  const reasons = answer?.items.filter(({ retired }) => !retired) ?? [];
  if (reasons.length === 0) return null;
  return (
    <Field label={t('floor.reason')} problem={problem}>
      {(input) => (
        <select {...input} name="reasonCode" className="input" value={code} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('floor.noReason')}</option>
          {reasons.map((reason) => (
            <option key={reason.code} value={reason.code}>
              {reason.code} {say(reason.words)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
