import { randomUUID } from 'node:crypto';
import type { AnyTRPCRouter } from '@trpc/server';
import { type RequestContext, toWireError } from '../commands/index.js';

/** How an organization stands to the records of the matrix. */
export type Viewer = 'party' | 'granted' | 'unrelated' | 'revoked';

export interface MatrixCall {
  readonly procedure: string;
  readonly kind: 'query' | 'mutation';
  readonly input: Readonly<Record<string, unknown>>;
  readonly idempotencyKey: string;
}

/** What came back, whatever carried it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** How a procedure is asked about something that only its party and its grantee may see. */
export interface Probe {
  /** Real, so that the party gets something other than "not found". */
  readonly input: Readonly<Record<string, unknown>>;
  /** Values in `input` that name hidden things; absent ones take their place. Without any, it is a list that must not tell. */
  readonly ids?: readonly string[];
  /** How an absent one looks, when it is no UUID. */
  readonly absent?: () => string;
  /** The grantee may read it, too (true for most queries that take an id). */
  readonly granted?: boolean;
  /** The party is no party to the rest of `input`, and is not asked. */
  readonly strangersOnly?: boolean;
}

export interface VisibilityMatrix {
  readonly router: AnyTRPCRouter;
  /** Procedure path, and after a blank what distinguishes a further probe of it → probe. */
  readonly probes: Readonly<Record<string, Probe>>;
  /** Procedure path → why no probe fits. */
  readonly exempt: Readonly<Record<string, string>>;
  /** Texts of the hidden records (ids, own numbers, names) that no answer to a stranger may hold. */
  readonly secrets: readonly string[];
  readonly call: (viewer: Viewer, call: MatrixCall) => Promise<Answer>;
}

export interface MatrixReport {
  readonly answers: number;
  /** One sentence each; empty when hidden and absent cannot be told apart. */
  readonly violations: readonly string[];
}

const strangers = ['unrelated', 'revoked'] as const;

/**
 * Runs every procedure as party, granted, unrelated and revoked organization. Hidden and absent answers must be identical
 * in status, headers and body once request id, Date and caller-supplied ids are masked; the party must get more than that;
 * every procedure must be probed or exempt with a reason. Strangers come first, because a party's command may change things.
 */
export async function runVisibilityMatrix({ router, probes, exempt, secrets, call }: VisibilityMatrix): Promise<MatrixReport> {
  const kinds = kindsOf(router);
  const kindOf = (name: string) => kinds[pathOf(name)];
  const violations = uncovered(Object.keys(kinds), { probes, exempt });
  let answers = 0;
  const ask = async (viewer: Viewer, name: string, probe: Probe, absent: boolean): Promise<string> => {
    const ids = probe.ids ?? [];
    const replaced = absent ? ids.map(() => (probe.absent ?? randomUUID)()) : ids;
    const input = replaceAll(probe.input, ids, replaced);
    const answer = await call(viewer, { procedure: pathOf(name), kind: kindOf(name) ?? 'query', input, idempotencyKey: randomUUID() });
    answers += 1;
    return masked(answer, replaced);
  };

  for (const [procedure, probe] of Object.entries(probes)) {
    if (!kindOf(procedure)) continue;
    for (const viewer of strangers) {
      const hidden = await ask(viewer, procedure, probe, false);
      const told = secrets.find((secret) => hidden.includes(secret));
      if (told) violations.push(`${procedure} tells "${told}" to the ${viewer} organization`);
      if (!probe.ids?.length) continue;
      const absent = await ask(viewer, procedure, probe, true);
      if (hidden !== absent)
        violations.push(`${procedure} lets the ${viewer} organization tell hidden from absent:\n  hidden ${hidden}\n  absent ${absent}`);
    }
  }
  for (const [procedure, probe] of Object.entries(probes)) {
    if (!kindOf(procedure) || !probe.ids?.length || probe.strangersOnly) continue;
    for (const viewer of probe.granted ? (['granted', 'party'] as const) : (['party'] as const)) {
      const absent = await ask(viewer, procedure, probe, true);
      const seen = await ask(viewer, procedure, probe, false);
      if (seen === absent)
        violations.push(`${procedure} answers the ${viewer} organization as if the record were absent: the probe proves nothing`);
    }
  }
  return { answers, violations };
}

const pathOf = (name: string): string => name.split(' ', 1)[0] ?? name;

function kindsOf(router: AnyTRPCRouter): Record<string, MatrixCall['kind']> {
  const procedures = router._def.procedures as Record<string, { _def: { type: string } }>;
  return Object.fromEntries(Object.entries(procedures).map(([path, { _def }]) => [path, _def.type === 'mutation' ? 'mutation' : 'query']));
}

function uncovered(procedures: readonly string[], { probes, exempt }: Pick<VisibilityMatrix, 'probes' | 'exempt'>): string[] {
  const named = [...new Set([...Object.keys(probes), ...Object.keys(exempt)].map(pathOf))];
  return [
    ...procedures.filter((path) => !named.includes(path)).map((path) => `${path} is neither probed nor exempt`),
    ...named.filter((path) => !procedures.includes(path)).map((path) => `${path} is named, but there is no such procedure`),
  ];
}

function replaceAll(input: Probe['input'], from: readonly string[], to: readonly string[]): Probe['input'] {
  let text = JSON.stringify(input);
  from.forEach((each, index) => {
    text = text.replaceAll(each, to[index] ?? each);
  });
  return JSON.parse(text) as Probe['input'];
}

/** These say when or which request it was, not what was found. */
const volatileHeaders = new Set(['date', 'x-request-id', 'request-id', 'etag']);

function masked({ status, headers, body }: Answer, ids: readonly string[]): string {
  const kept = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !volatileHeaders.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  let text = `${status} ${JSON.stringify(kept)} ${JSON.stringify(body)}`.replace(/"requestId":"[^"]*"/g, '"requestId":"<request>"');
  for (const id of ids) text = text.replaceAll(id, '<id>');
  return text;
}

/** Calls the procedures in this process; the answer is what any transport would make of it. */
export function inProcess(
  router: AnyTRPCRouter,
  contextOf: (viewer: Viewer, idempotencyKey: string) => RequestContext,
): VisibilityMatrix['call'] {
  return async (viewer, { procedure, input, idempotencyKey }) => {
    const context = contextOf(viewer, idempotencyKey);
    // A caller is a tree of records with functions as leaves, which no type names for an unknown router.
    const leaf = procedure
      .split('.')
      .reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], router.createCaller(context));
    try {
      return { status: 200, headers: {}, body: await (leaf as (input: unknown) => Promise<unknown>)(input) };
    } catch (error) {
      const { status, body } = toWireError(error, context.requestId);
      return { status, headers: {}, body };
    }
  };
}
