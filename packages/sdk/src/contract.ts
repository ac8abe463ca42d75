import type { accessErrors } from '@yunfab/core/access';
import type { requestErrors } from '@yunfab/core/commands';
import type { CallOptions } from './options.js';

/** What the core offers, by namespace. */
// Composed here until core's index composes it.
export type CoreApi = Record<never, never>;

/** One entry of the organization's feed. */
export interface FeedEvent {
  /** Its place in your organization's feed; give it to `follow({ after })` to go on from here. */
  readonly cursor: number;
  readonly id: string;
  readonly type: string;
  readonly record: string | null;
  readonly recordKind: string | null;
  /** Code of the organization that did it. */
  readonly organization: string;
  readonly actor: { readonly kind: string; readonly label: string };
  /** ISO 8601 instant. */
  readonly at: string;
  readonly body: Readonly<Record<string, unknown>>;
}

type CodesOf<Feature extends string, Errors> = `${Feature}.${Exclude<keyof Errors & string, 'catalogue'>}`;

/** Codes that this version of the platform sends; docs/errors.md explains each. */
export type KnownErrorCode = CodesOf<'access', typeof accessErrors> | CodesOf<'request', typeof requestErrors>;

/** An awaited reply; a reply that is a page can be iterated over all pages instead. */
export type Reply<Output> = [Output] extends [{ readonly items: readonly (infer Item)[]; readonly next: string | null }]
  ? Promise<Output> & AsyncIterable<Item>
  : Promise<Output>;

/** One procedure of the platform. */
export type Procedure<Input, Output> = (
  ...call: Record<never, never> extends Input ? [input?: Input, options?: CallOptions] : [input: Input, options?: CallOptions]
) => Reply<Output>;

/** The client's side of a (nested) record of tRPC procedures. */
export type ApiOf<Procedures> = {
  readonly [Name in keyof Procedures]: Procedures[Name] extends { _def: { $types: { input: infer Input; output: infer Output } } }
    ? Procedure<Input, Output>
    : ApiOf<Procedures[Name]>;
};

/** What a procedure takes: `InputOf<typeof yunfab.orders.propose>`. */
// biome-ignore lint/suspicious/noExplicitAny: a parameter that any procedure fits
export type InputOf<Call extends (...call: any) => unknown> = NonNullable<Parameters<Call>[0]>;

/** What a procedure answers: `OutputOf<typeof yunfab.orders.get>`. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export type OutputOf<Call extends (...call: any) => unknown> = Awaited<ReturnType<Call>>;
