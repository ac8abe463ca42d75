import { type ReactNode, useId } from 'react';

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly children: (input: InputProps) => ReactNode;
}

/** What ties an input to its label, hint and problem. */
export interface InputProps {
  readonly id: string;
  readonly 'aria-invalid': boolean | undefined;
  readonly 'aria-describedby': string | undefined;
}

export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId();
  const said = problem ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': problem ? true : undefined, 'aria-describedby': said ? `${id}-said` : undefined })}
      {said ? (
        <span id={`${id}-said`} className={problem ? 'problem' : 'hint'}>
          {said}
        </span>
      ) : null}
    </div>
  );
}
