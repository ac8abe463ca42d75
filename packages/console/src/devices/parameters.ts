import type { Equipment } from '../equipment/signals.js';

export type Declared = NonNullable<Equipment['commands']>[number];
/** One value that a model declares, of a command or of a configuration. */
export type Parameter = Declared['parameters'][number];

/** What stands in the fields, by parameter; an empty one is left out. */
export type Typed = Readonly<Record<string, string>>;

export type ParameterProblem = 'missing' | 'number' | 'whole' | 'outside' | 'long';

export type ReadParameters =
  | { readonly values: Readonly<Record<string, unknown>>; readonly wrong: null }
  | { readonly values: null; readonly wrong: Readonly<Record<string, ParameterProblem>> };

/** The values that were typed, as the device is to get them; or what is wrong with each field. The platform checks the same. */
export function readParameters(parameters: readonly Parameter[], typed: Typed): ReadParameters {
  const values: Record<string, unknown> = {};
  const wrong: Record<string, ParameterProblem> = {};
  for (const parameter of parameters) {
    const read = readOne(parameter, typed[parameter.name] ?? '');
    if (typeof read === 'object') values[parameter.name] = read.value;
    else if (read !== 'left_out') wrong[parameter.name] = read;
  }
  return Object.keys(wrong).length > 0 ? { values: null, wrong } : { values, wrong: null };
}

function readOne(
  { kind, range, whole, choices, longest, optional }: Parameter,
  written: string,
): { readonly value: unknown } | ParameterProblem | 'left_out' {
  // An input method may write full-width digits.
  const text = kind === 'number' ? written.normalize('NFKC').trim() : written;
  if (text === '') return optional ? 'left_out' : 'missing';
  if (kind === 'boolean') return { value: text === 'true' };
  if (kind === 'text') return !choices && longest !== null && text.length > longest ? 'long' : { value: text };
  const number = Number(text);
  if (!Number.isFinite(number)) return 'number';
  if (whole && !Number.isInteger(number)) return 'whole';
  const inside = number >= (range?.low ?? Number.NEGATIVE_INFINITY) && number <= (range?.high ?? Number.POSITIVE_INFINITY);
  return inside ? { value: number } : 'outside';
}

/** Values as the fields show them. */
export function typedOf(values: Readonly<Record<string, unknown>>): Typed {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
