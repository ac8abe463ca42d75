import { randomBytes } from 'node:crypto';
import { connect, newId } from '@yunfab/core/database';

export interface Statement {
  readonly text: string;
  readonly values: unknown[] | null;
}

/** Makes the statements of one more call like those that were recorded. */
export type Template = () => Statement[];

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * Compares the recordings of two calls: what is equal stays, ids that differ become new ids (the same one wherever it
 * stood), and so do the `named` texts that the two calls were given. Instants become now, digests random bytes.
 */
export function templateOf(first: readonly Statement[], second: readonly Statement[], named: readonly string[]): Template {
  if (first.length !== second.length) throw new Error(`one call made ${first.length} statements, the other ${second.length}`);
  const constant = new Set(JSON.stringify(second).match(uuid));
  const fresh = [...new Set(JSON.stringify(first).match(uuid))].filter((id) => !constant.has(id));
  return () => {
    const replacements = new Map([...fresh, ...named].map((old) => [old, fresh.includes(old) ? newId() : `B-${newId()}`] as const));
    const replaced = (text: string) => {
      let result = text;
      for (const [old, current] of replacements) result = result.replaceAll(old, current);
      return result;
    };
    const valueOf = (value: unknown): unknown => {
      if (typeof value === 'string') return replaced(value);
      if (value instanceof Date) return new Date();
      if (value instanceof Uint8Array) return randomBytes(value.length);
      return Array.isArray(value) ? value.map(valueOf) : value;
    };
    return first.map(({ text, values }) => ({ text: replaced(text), values: values && values.map(valueOf) }));
  };
}

/** The statements of one transaction, from its begin to its commit. */
export function transactionOf(recorded: readonly Statement[]): Statement[] {
  const begin = recorded.findIndex(({ text }) => /^begin/i.test(text));
  const commit = recorded.findLastIndex(({ text }) => /^commit/i.test(text));
  if (begin < 0 || commit < begin) throw new Error(`no transaction among ${recorded.length} statements`);
  return recorded.slice(begin, commit + 1);
}

export interface Rate {
  readonly perSecond: number;
  readonly p99Ms: number;
}

/** Runs the template's statements through pg alone, as one transaction after another on each connection. */
export async function replay(url: string, template: Template, connections: number, seconds: number): Promise<Rate> {
  const { pool, close } = connect(url, { max: connections, name: 'yunfab bench' });
  const durations: number[] = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  const work = async () => {
    const client = await pool.connect();
    try {
      while (performance.now() < end) {
        const at = performance.now();
        for (const { text, values } of template()) await (values ? client.query(text, values) : client.query(text));
        durations.push(performance.now() - at);
      }
    } finally {
      client.release();
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  const elapsed = (performance.now() - began) / 1000;
  await close();
  durations.sort((a, b) => a - b);
  return { perSecond: durations.length / elapsed, p99Ms: durations[Math.floor(durations.length * 0.99)] ?? Number.NaN };
}
