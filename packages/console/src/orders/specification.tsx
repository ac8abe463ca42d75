/** What was ordered in the industry's own words: its fields as they stand. */
export function Specification({ specification }: { readonly specification: { readonly schema: string; readonly value: unknown } }) {
  const { schema, value } = specification;
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [['', value] as const];
  return (
    <p className="soft small">
      <code>{schema}</code>
      {fields.map(([name, field]) => (
        <span key={name}>
          {' · '}
          {name ? `${name} ` : ''}
          <span className="nowrap" style={{ color: 'var(--text)' }}>
            {typeof field === 'object' ? JSON.stringify(field) : String(field)}
          </span>
        </span>
      ))}
    </p>
  );
}
