import { restProcedures } from '../http/rest-procedures.js';
import type { Platform } from '../platform/platform.js';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface HttpCall {
  readonly key: string;
  readonly procedure: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly idempotencyKey: string;
}

/** Calls any procedure as other programs do: over REST at its own place, and over tRPC. */
export function httpCaller({ httpUrl, core }: Platform) {
  const places = new Map(restProcedures(core.router).map(({ name, place }) => [name, place]));

  async function send(url: string, method: string, { key, idempotencyKey }: HttpCall, input: object | null): Promise<HttpAnswer> {
    const headers: Record<string, string> = { authorization: `Bearer ${key}`, 'idempotency-key': idempotencyKey };
    if (input) headers['content-type'] = 'application/json';
    const response = await fetch(url, { method, headers, ...(input ? { body: JSON.stringify(input) } : {}) });
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.json() };
  }

  return {
    trpc: (call: HttpCall) => send(`${httpUrl}/api/trpc/${call.procedure}`, 'POST', call, call.input),

    rest(call: HttpCall): Promise<HttpAnswer> {
      const place = places.get(call.procedure);
      if (!place) throw new Error(`${call.procedure} has no place in REST`);
      const rest: Record<string, unknown> = { ...call.input };
      const path = place.path.replace(/\{(\w+)\}/g, (_all, name: string) => {
        const value = rest[name];
        delete rest[name];
        return encodeURIComponent(String(value));
      });
      const url = new URL(`${httpUrl}/api/v1${path}`);
      if (place.method === 'POST' || place.method === 'PATCH') return send(url.toString(), place.method, call, rest);
      for (const [name, value] of Object.entries(rest)) url.searchParams.set(name, String(value));
      return send(url.toString(), place.method, call, null);
    },
  };
}
