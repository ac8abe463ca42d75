interface ChipsProps<Value extends string> {
  readonly label: string;
  readonly value: Value | null;
  readonly choices: readonly { readonly value: Value | null; readonly words: string }[];
  readonly onChoose: (value: Value | null) => void;
}

/** A filter: one of several, at most one pressed. */
export function Chips<Value extends string>({ label, value, choices, onChoose }: ChipsProps<Value>) {
  return (
    <fieldset className="chips">
      <legend className="visually-hidden">{label}</legend>
      {choices.map((choice) => (
        <button
          key={choice.value ?? ''}
          type="button"
          className="chip"
          aria-pressed={choice.value === value}
          onClick={() => onChoose(choice.value)}
        >
          {choice.words}
        </button>
      ))}
    </fieldset>
  );
}
