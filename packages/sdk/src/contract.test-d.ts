import type { VerticalRef } from '@yunfab/core/verticals';
import { createClient, type InputOf, type OutputOf, type Procedure } from './index.js';

/** What must and what must not compile. Never run. */

interface Call<Input, Output> {
  _def: { procedure: true; $types: { input: Input; output: Output } };
}
interface TireApi {
  [name: string]: never;
}
type Tire = VerticalRef<'tire', { tin: { parse: Call<{ tin: string }, { plant: string }> } } & Record<never, TireApi>>;
declare const tire: Tire;

const connection = { url: 'http://127.0.0.1:4600', apiKey: 'yf_x' } as const;
const plain = createClient(connection);
const withTire = createClient({ ...connection, verticals: [tire] });

export async function verticalProcedures(): Promise<void> {
  const { plant } = await withTire.tire.tin.parse({ tin: 'DOT' });
  plant satisfies string;
  // @ts-expect-error an input of the wrong type
  await withTire.tire.tin.parse({ tin: 1 });
  // @ts-expect-error an input that is missing
  await withTire.tire.tin.parse();
  // @ts-expect-error an input that the procedure does not have
  await withTire.tire.tin.parse({ tin: 'DOT', tun: 'DOT' });
  // @ts-expect-error a procedure that does not exist
  await withTire.tire.tin.pars({ tin: 'DOT' });
  // @ts-expect-error a field that the reply does not have
  (await withTire.tire.tin.parse({ tin: 'DOT' })).plaint;
  // @ts-expect-error a vertical that the client was not given
  await plain.tire.tin.parse({ tin: 'DOT' });
  // @ts-expect-error a reply that is no page cannot be iterated
  for await (const _ of withTire.tire.tin.parse({ tin: 'DOT' })) break;
}

export function credentials(): void {
  createClient({ url: '', session: 'browser' });
  // @ts-expect-error a client needs a credential
  createClient({ url: '' });
  // @ts-expect-error one credential, not both
  createClient({ url: '', apiKey: 'yf_x', session: 'browser' });
}

declare const list: Procedure<{ cursor?: string; state?: 'open' }, { items: { id: string }[]; next: string | null }>;
declare const open: Procedure<{ id: string; note?: string }, { version: number }>;

export async function lists(): Promise<void> {
  for await (const { id } of list({ state: 'open' })) id satisfies string;
  (await list()).items satisfies { id: string }[];
  // @ts-expect-error a filter that does not exist
  list({ stat: 'open' });
}

({ id: 'x' }) satisfies InputOf<typeof open>;
({ version: 1 }) satisfies OutputOf<typeof open>;
// @ts-expect-error the input's id is text
({ id: 1 }) satisfies InputOf<typeof open>;

export function following(): void {
  plain.events.follow({ after: 3, signal: new AbortController().signal, types: ['orders.*'] });
  // @ts-expect-error a cursor is a number
  plain.events.follow({ after: '3' });
  plain.live.telemetry(
    { equipment: 'e' },
    (values) => values['pressure']?.[0]?.[1] satisfies number | string | boolean | null | undefined,
  )();
  // @ts-expect-error live values are of one equipment
  plain.live.telemetry({}, () => {});
}
