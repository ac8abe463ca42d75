import { createHash } from 'node:crypto';
import { initTRPC, type TRPC_ERROR_CODE_KEY, type TRPC_ERROR_CODE_NUMBER } from '@trpc/server';
import { sql } from 'kysely';
import type { z } from 'zod';
import { type Actor, accessErrors } from '../access/index.js';
import { inScope, unstorable } from '../database/index.js';
import type { YunfabError } from '../errors/index.js';
import type { CommandScope, RequestContext } from './context.js';
import { requestErrors } from './errors.js';
import { toWireError, type WireError } from './wire-error.js';

/** Where a procedure stands in REST; `{order}` names an input field. */
export interface RestPlace {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: `/${string}`;
  readonly summary: string;
  readonly tags?: string[];
}

/** `openapi` is read by trpc-to-openapi; the rest describes a procedure to tests and documentation. */
export interface ProcedureMeta {
  readonly openapi?: RestPlace & { readonly protect: true };
  /** Null: everyone who is signed in. */
  readonly permission?: string | null;
  readonly kind?: 'query' | 'command';
  /** Of the longest request body, where that is more than the platform's usual limit. */
  readonly bodyBytes?: number;
}

/** An error as tRPC carries it; `data.yunfab` is the body that REST carries. Named, so that declarations stay short. */
export interface ErrorShape {
  readonly code: TRPC_ERROR_CODE_NUMBER;
  readonly message: string;
  readonly data: {
    readonly code: TRPC_ERROR_CODE_KEY;
    readonly path?: string;
    readonly httpStatus: number;
    readonly yunfab: WireError['error'];
  };
}

const trpc = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter({ shape, error, ctx }) {
      const wire = toWireError(error, ctx?.requestId ?? '');
      const { code, path } = shape.data;
      const data: ErrorShape['data'] = { code, ...(path === undefined ? {} : { path }), httpStatus: wire.status, yunfab: wire.body.error };
      return { code: shape.code, message: wire.body.error.message, data } satisfies ErrorShape as ErrorShape;
    },
  });

/** Composes procedures and routers by plain records. */
export const router = trpc.router;
export const createCallerFactory = trpc.createCallerFactory;

/** PostgreSQL would refuse such a text or silently keep another: it is told before anything is done, with its field. */
const storable = trpc.middleware(({ input, next }) => {
  const found = unstorable(input);
  if (found)
    throw requestErrors.invalid({ field: found.path.join('.') || 'body', problem: `it holds ${found.problem}, which cannot be stored` });
  return next();
});

interface Declaration<Input extends z.ZodObject, Output extends z.ZodType> {
  /** The permission that the caller needs; null: everyone who is signed in. */
  readonly permission: string | null;
  readonly rest: RestPlace;
  readonly input: Input;
  readonly output: Output;
  /** Lets a request be longer than the platform's usual limit. */
  readonly bodyBytes?: number;
}

export interface QueryDeclaration<Input extends z.ZodObject, Output extends z.ZodType> extends Declaration<Input, Output> {
  readonly run: (scope: CommandScope, input: z.output<Input>) => Promise<z.input<Output>>;
}

export interface CommandDeclaration<Input extends z.ZodObject, Output extends z.ZodType> extends Declaration<Input, Output> {
  /** The record that the command is about; whether it may be seen is decided before everything else. */
  readonly record?: { readonly kind: string; readonly id: (input: z.output<Input>) => string };
  /** Fields of the reply that are shown once and never replayed; they are null in a replay. */
  readonly secrets?: readonly NullableKey<z.output<Output>>[];
  /** Fields of the input that are left out of what is kept of a request, because they could be guessed back from its hash. */
  readonly unkept?: readonly (keyof z.output<Input> & string)[];
  readonly run: (scope: CommandScope, input: z.output<Input>) => Promise<z.input<Output>>;
}

class LastingRefusal {
  readonly refusal: YunfabError;
  constructor(refusal: YunfabError) {
    this.refusal = refusal;
  }
}

/** Thrown by a command whose refusal must leave a trace, such as a wrong PIN: what it wrote is committed, then the caller gets the error. */
export const lasting = (refusal: YunfabError): LastingRefusal => new LastingRefusal(refusal);

/** A secret is null in a replay, so its field must allow null. */
type NullableKey<Reply> = { [Key in keyof Reply]: null extends Reply[Key] ? Key : never }[keyof Reply] & string;

function metaOf(
  { rest, permission, bodyBytes }: Pick<Declaration<z.ZodObject, z.ZodType>, 'rest' | 'permission' | 'bodyBytes'>,
  kind: 'query' | 'command',
): ProcedureMeta {
  return { openapi: { ...rest, protect: true }, permission, kind, ...(bodyBytes === undefined ? {} : { bodyBytes }) };
}

/** Before the input is parsed: a stranger learns nothing of its shape, and costs nothing. */
const authorised = trpc.middleware(({ ctx, meta, next }) => {
  permitted(ctx, meta?.permission ?? null);
  return next();
});

/** Declares a procedure that reads: one read-only transaction of the caller's organization. */
export function query<Input extends z.ZodObject, Output extends z.ZodType>(declaration: QueryDeclaration<Input, Output>) {
  return trpc.procedure
    .meta(metaOf(declaration, 'query'))
    .use(authorised)
    .input(declaration.input)
    .use(storable)
    .output(declaration.output)
    .query(({ ctx, input }) => {
      const actor = permitted(ctx, declaration.permission);
      return inScope(ctx.database.runtime, { organization: actor.organization, actor, now: ctx.clock(), readOnly: true }, (scope) =>
        // tRPC widens the parsed input of a generic schema; it is what the schema gave.
        declaration.run({ ...scope, actor, requestId: ctx.requestId }, input as z.output<Input>),
      ) as Promise<never>;
    });
}

/**
 * Declares a procedure that changes something: one transaction, idempotent by the caller's key for 24 h.
 * Errors: `request.idempotency_key_missing`, `request.idempotency_conflict`, `request.not_found`.
 */
export function command<Input extends z.ZodObject, Output extends z.ZodType>(declaration: CommandDeclaration<Input, Output>) {
  return trpc.procedure
    .meta(metaOf(declaration, 'command'))
    .use(authorised)
    .input(declaration.input)
    .use(storable)
    .output(declaration.output)
    .mutation(async ({ ctx, input, path }) => {
      const actor = permitted(ctx, declaration.permission);
      const key = idempotencyKey(ctx);
      const now = ctx.clock();
      const outcome = await inScope(ctx.database.runtime, { organization: actor.organization, actor, now }, async (base) => {
        const scope = { ...base, actor, requestId: ctx.requestId };
        try {
          return { reply: await runOnce(scope, { path, key, input: input as z.output<Input>, declaration }) };
        } catch (error) {
          if (!(error instanceof LastingRefusal)) throw error;
          // The same key may be tried again: nothing was done under it.
          await sql`delete from core.idempotency where organization = ${scope.organization} and procedure = ${path} and key = ${key}`.execute(
            scope.tx,
          );
          return { refused: error.refusal };
        }
      });
      ctx.onCommitted?.();
      if ('refused' in outcome) throw outcome.refused;
      return outcome.reply as never;
    });
}

function permitted(ctx: RequestContext, permission: string | null): Actor {
  if (!ctx.actor) throw accessErrors.unauthenticated();
  if (permission !== null && !ctx.actor.permissions.has(permission)) throw accessErrors.forbidden({ permission, actor: ctx.actor.label });
  return ctx.actor;
}

function idempotencyKey(ctx: RequestContext): string {
  const key = ctx.idempotencyKey;
  if (!key || key.length > 200) throw requestErrors.idempotency_key_missing();
  return key;
}

interface Call<Input extends z.ZodObject, Output extends z.ZodType> {
  readonly path: string;
  readonly key: string;
  readonly input: z.output<Input>;
  readonly declaration: CommandDeclaration<Input, Output>;
}

async function runOnce<Input extends z.ZodObject, Output extends z.ZodType>(
  scope: CommandScope,
  { path, key, input, declaration }: Call<Input, Output>,
): Promise<unknown> {
  const about = declaration.record?.id(input) ?? null;
  const kept = withoutFields(input, declaration.unkept ?? []);
  const bodyHash = createHash('sha256').update(canonicalJson(kept)).digest();
  const { rows } = await sql<{ outcome: 'new' | 'replay' | 'conflict' | 'hidden'; reply: unknown }>`
    select outcome, reply from core.begin_command(${path}, ${key}, ${bodyHash}, ${about}, ${scope.now})`.execute(scope.tx);
  const opened = rows[0];
  if (opened?.outcome === 'hidden') throw requestErrors.not_found({ kind: declaration.record?.kind });
  if (opened?.outcome === 'conflict') throw requestErrors.idempotency_conflict({ key });
  if (opened?.outcome === 'replay') return opened.reply;
  const reply = await declaration.run(scope, input);
  await sql`update core.idempotency set reply = ${JSON.stringify(withoutSecrets(reply, declaration.secrets ?? []))}::jsonb
    where organization = ${scope.organization} and procedure = ${path} and key = ${key}`.execute(scope.tx);
  return reply;
}

function withoutSecrets(reply: unknown, secrets: readonly string[]): unknown {
  if (secrets.length === 0 || typeof reply !== 'object' || reply === null) return reply;
  return { ...reply, ...Object.fromEntries(secrets.map((name) => [name, null])) };
}

function withoutFields(input: object, names: readonly string[]): object {
  return names.length === 0 ? input : Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name)));
}

/** JSON with sorted keys: the same body in another key order is the same body. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
