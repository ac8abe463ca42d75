import { tradeUnit, tradeUnits } from '../words/units.js';
import type { Language } from '../words/words.js';
import { phrase } from '../words/words.js';

/** Whatever went wrong, as a screen shows it. */
export interface Problem {
  readonly code: string;
  /** The platform's own sentence (English). */
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId: string | null;
  readonly status: number;
}

/** A refusal of the platform that did not come through the SDK. */
export class ReplyProblem extends Error implements Problem {
  override readonly name = 'YunfabError';
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId: string | null;
  readonly status: number;

  constructor(problem: Problem) {
    super(problem.message);
    this.code = problem.code;
    this.details = problem.details;
    this.requestId = problem.requestId;
    this.status = problem.status;
  }
}

export async function problemOfReply(reply: Response): Promise<ReplyProblem> {
  const body = (await reply.json().catch(() => null)) as { error?: Partial<Problem> } | null;
  return new ReplyProblem({
    code: body?.error?.code ?? 'console.unexpected_reply',
    message: body?.error?.message ?? `HTTP ${reply.status}`,
    details: body?.error?.details ?? {},
    requestId: body?.error?.requestId ?? reply.headers.get('x-request-id'),
    status: reply.status,
  });
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Error && error.name === 'YunfabError' && 'code' in error) {
    const { code, details, requestId, status } = error as Error & Partial<Problem>;
    return { code: String(code), message: error.message, details: details ?? {}, requestId: requestId ?? null, status: status ?? 0 };
  }
  return {
    code: 'console.unexpected',
    message: error instanceof Error ? error.message : String(error),
    details: {},
    requestId: null,
    status: 0,
  };
}

/** Hidden and absent are the same to whoever asks. */
export const isNotFound = (problem: Problem) => problem.status === 404;

/** The server could not be asked at all. */
export const isUnreachable = (problem: Problem) => problem.status === 0;

export type ErrorWords = Readonly<Record<string, { readonly en: string; readonly zh: string }>>;

/** The sentence in a language, from the platform's list of errors; its own English one where the list lacks the code. */
export function problemSentence(problem: Problem, language: Language, known: ErrorWords): string {
  if (problem.code === 'console.unexpected' || problem.code === 'console.unexpected_reply')
    return phrase(language, 'problem.unexpected', { message: problem.message });
  const template = known[problem.code]?.[language];
  if (template === undefined) return withUnits(problem.message, problem, language);
  const sentence = template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (!(name in problem.details)) return whole;
    const value = problem.details[name];
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  });
  return withUnits(sentence, problem, language);
}

/** People read `pcs`, programs `H87`: the codes of units among the details are written as beside a number. */
function withUnits(sentence: string, { details }: Problem, language: Language): string {
  const codes = Object.values(details).filter((value) => typeof value === 'string' && Object.hasOwn(tradeUnits, value)) as string[];
  return codes.reduce((text, code) => text.replace(new RegExp(`\\b${code}\\b`, 'g'), tradeUnit(code, language)), sentence);
}

/** The problems of single fields, by the field's path (`lines.0.quantity.value`). */
export function fieldProblems(problem: Problem | null): Readonly<Record<string, string>> {
  const issues = problem?.code === 'request.invalid' ? problem.details['issues'] : undefined;
  if (!Array.isArray(issues)) return {};
  return Object.fromEntries((issues as { field: string; problem: string }[]).map(({ field, problem: text }) => [field, text]));
}
