import { useIndustries } from '../verticals/pages.js';
import { useWords } from '../words/words.js';

/** What was ordered, in the words of the industry that knows it; its bare fields while none here does. */
export function Specification({ specification }: { readonly specification: { readonly schema: string; readonly value: unknown } }) {
  const { t, say } = useWords();
  const { answer } = useIndustries();
  const { schema, value } = specification;
  const known = answer?.verticals.flatMap((industry) => industry.specifications).find(({ id }) => id === schema);
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [['', value] as const];
  const wordsOf = (name: string) => {
    const words = known?.fields[name];
    return words ? say(words) : name;
  };
  const written = (field: unknown) =>
    typeof field === 'boolean' ? t(field ? 'yes' : 'no') : typeof field === 'object' ? JSON.stringify(field) : String(field);
  return (
    <p className="soft small">
      {known ? say(known.words) : <code>{schema}</code>}
      {fields.map(([name, field]) => (
        <span key={name}>
          {' · '}
          {name ? `${wordsOf(name)} ` : ''}
          <span className="nowrap" style={{ color: 'var(--text)' }}>
            {written(field)}
          </span>
        </span>
      ))}
    </p>
  );
}
