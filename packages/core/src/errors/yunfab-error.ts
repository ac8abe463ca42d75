/** What one error code means: its HTTP status and its sentence in both languages, with `{detail}` placeholders. */
export interface ErrorDefinition {
  readonly status: 400 | 401 | 403 | 404 | 408 | 409 | 410 | 413 | 416 | 422 | 429 | 500 | 503;
  /** What was wrong, with the value, and what to do. */
  readonly en: string;
  readonly zh: string;
}

/** `code` → definition; `docs/errors.md` lists exactly these. */
export type ErrorCatalogue = Readonly<Record<string, ErrorDefinition>>;

type Details = Readonly<Record<string, unknown>>;

/** The one error that crosses a boundary. Recognise it by `code`, never by `instanceof` or by its message. */
export class YunfabError extends Error {
  override readonly name = 'YunfabError';
  readonly code: string;
  readonly status: ErrorDefinition['status'];
  readonly details: Details;

  constructor(code: string, definition: ErrorDefinition, details: Details, cause?: unknown) {
    super(fill(definition.en, details), cause === undefined ? undefined : { cause });
    this.code = code;
    this.status = definition.status;
    this.details = details;
  }
}

export function isYunfabError(error: unknown): error is YunfabError {
  return error instanceof Error && error.name === 'YunfabError' && 'code' in error;
}

/**
 * Does the work; a refusal then says in `details.field` which field of the input it is about (`lines.0.quantity`), so that a
 * form can show it there. What names its field already keeps it.
 */
export function atField<Result>(field: string, work: () => Result): Result {
  try {
    const result = work();
    return result instanceof Promise ? (result.catch((error: unknown) => refuse(error, field)) as Result) : result;
  } catch (error) {
    return refuse(error, field);
  }
}

function refuse(error: unknown, field: string): never {
  if (!isYunfabError(error) || 'field' in error.details) throw error;
  throw Object.assign(error, { details: { ...error.details, field } });
}

/**
 * Declares the closed set of codes of one feature. Each becomes a function that makes the error:
 * `throw ordersErrors.version_stale({ order, current, sent })`; its code is `orders.version_stale`.
 */
export function defineErrors<const Definitions extends ErrorCatalogue>(
  feature: string,
  definitions: Definitions,
): { readonly [Key in keyof Definitions]: (details?: Details, cause?: unknown) => YunfabError } & {
  readonly catalogue: ErrorCatalogue;
} {
  const makers: Record<string, unknown> = {};
  const catalogue: Record<string, ErrorDefinition> = {};
  for (const [key, definition] of Object.entries(definitions)) {
    const code = `${feature}.${key}`;
    catalogue[code] = definition;
    makers[key] = (details: Details = {}, cause?: unknown) => new YunfabError(code, definition, details, cause);
  }
  makers['catalogue'] = catalogue;
  // The mapped type names exactly the keys filled in above.
  return makers as ReturnType<typeof defineErrors<Definitions>>;
}

/** The error's sentence in both languages; its own is the English one. A code that no catalogue given knows is told in English. */
export function errorWords(error: YunfabError, ...catalogues: readonly ErrorCatalogue[]): { readonly en: string; readonly zh: string } {
  const definition = catalogues.find((catalogue) => Object.hasOwn(catalogue, error.code))?.[error.code];
  return { en: error.message, zh: definition ? fill(definition.zh, error.details) : error.message };
}

const longestDetail = 200;

function fill(sentence: string, details: Details): string {
  return sentence.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    if (!(name in details)) return placeholder;
    const value = details[name];
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
    return text.length > longestDetail ? `${text.slice(0, longestDetail)}…` : text;
  });
}
