import type { AnyRouter } from '@trpc/server';
import type { ProcedureMeta, RestPlace } from '@yunfab/core/commands';
import { z } from 'zod';

/** One procedure as REST sees it. */
export interface RestProcedure {
  /** Dotted, as tRPC names it. */
  readonly name: string;
  readonly place: RestPlace;
  readonly kind: 'query' | 'command';
  /** Null: whoever is signed in. */
  readonly permission: string | null | undefined;
  readonly input: z.ZodObject;
  /** Of the longest body, where that is not the usual. */
  readonly bodyBytes: number | undefined;
}

interface Declared {
  readonly _def: { readonly type: 'query' | 'mutation'; readonly meta?: ProcedureMeta; readonly inputs: readonly z.ZodObject[] };
}

/** Every procedure of the router that has a place in REST, core's and the verticals' alike. */
export function restProcedures(router: AnyRouter): RestProcedure[] {
  const procedures = Object.entries(router._def.procedures as Record<string, Declared>);
  return procedures.flatMap(([name, { _def }]) => {
    const place = _def.meta?.openapi;
    if (!place) return [];
    return [
      {
        name,
        place,
        kind: _def.type === 'query' ? 'query' : 'command',
        permission: _def.meta?.permission,
        input: _def.inputs[0] ?? z.object({}),
        bodyBytes: _def.meta?.bodyBytes,
      } as const,
    ];
  });
}

type Coerce = (text: string) => unknown;

/**
 * Turns the strings of a path or query string into what the input schema expects: numbers, booleans, lists. What does
 * not convert stays a string, so that the schema names it in its refusal.
 */
export function queryReader(input: z.ZodObject): (strings: Readonly<Record<string, unknown>>) => Record<string, unknown> {
  const { properties = {} } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as { properties?: Record<string, JsonSchema> };
  return (strings) => Object.fromEntries(Object.entries(strings).map(([name, value]) => [name, read(value, properties[name] ?? {})]));
}

interface JsonSchema {
  readonly type?: string;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

function read(value: unknown, schema: JsonSchema): unknown {
  const kinds = schema.anyOf ?? [schema];
  const list = kinds.find((kind) => kind.type === 'array');
  if (list) return (Array.isArray(value) ? value : [value]).map((item) => read(item, list.items ?? {}));
  if (typeof value !== 'string') return value;
  for (const { type } of kinds) {
    const converted = type === undefined ? undefined : converters[type]?.(value);
    if (converted !== undefined) return converted;
  }
  return value;
}

const number: Coerce = (text) => (text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined);
const converters: Readonly<Record<string, Coerce>> = {
  number,
  integer: number,
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
};
