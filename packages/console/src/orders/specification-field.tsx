import { Field } from '../design/field.js';
import { useIndustries } from '../verticals/pages.js';
import { useWords } from '../words/words.js';
import { type SpecificationFields, SpecificationForm } from './specification-form.js';

/** What is wanted in the words of an industry, as it is typed. */
export interface DraftSpecification {
  readonly schema: string;
  readonly value: SpecificationFields;
}

interface SpecificationFieldProps {
  readonly specification: DraftSpecification | null;
  readonly wrong: (field: string) => string | undefined;
  readonly onChange: (specification: DraftSpecification | null) => void;
}

/** Chooses in which industry's words a line is specified; a chosen one begins as that industry's example. */
export function SpecificationChoice({ specification, wrong, onChange }: SpecificationFieldProps) {
  const { t, say } = useWords();
  const specifications = useSpecifications();
  if (specifications.length === 0) return null;
  const choose = (id: string) => {
    const chosen = specifications.find((each) => each.id === id);
    onChange(chosen ? { schema: chosen.id, value: chosen.example as SpecificationFields } : null);
  };
  return (
    <Field label={t('form.optional', { field: t('propose.specification') })} problem={wrong('specification')}>
      {(input) => (
        <select {...input} className="input" value={specification?.schema ?? ''} onChange={(event) => choose(event.target.value)}>
          <option value="">{t('propose.noSpecification')}</option>
          {specifications.map((each) => (
            <option key={each.id} value={each.id}>
              {say(each.words)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** The fields of the specification that was chosen; nothing while none is. */
export function ChosenSpecification({ specification, wrong, onChange }: SpecificationFieldProps) {
  const chosen = useSpecifications().find(({ id }) => id === specification?.schema);
  if (!chosen || !specification) return null;
  return (
    <SpecificationForm
      specification={chosen}
      value={specification.value}
      wrong={(field) => wrong(`specification.value.${field}`)}
      onChange={(value) => onChange({ schema: chosen.id, value })}
    />
  );
}

function useSpecifications() {
  return useIndustries().answer?.verticals.flatMap((industry) => industry.specifications) ?? [];
}
