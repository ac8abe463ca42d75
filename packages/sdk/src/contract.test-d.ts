import type { VerticalRef } from '@yunfab/core/verticals';
import {
  createClient,
  type InputOf,
  isEvent,
  isYunfabError,
  type KnownErrorCode,
  type Order,
  type OutputOf,
  type Procedure,
} from './index.js';

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

export async function columns(): Promise<void> {
  for await (const { signals } of plain.equipment.telemetry.range({ equipment: '', from: 0, to: 1 }))
    signals['temperature']?.ts satisfies number[] | undefined;
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

export async function orders(): Promise<void> {
  const order: Order = await plain.orders.get({ order: 'id' });
  order.state satisfies
    | 'proposed'
    | 'confirmed'
    | 'in_production'
    | 'in_delivery'
    | 'on_hold'
    | 'disputed'
    | 'closed'
    | 'settled'
    | 'declined'
    | 'withdrawn'
    | 'canceled'
    | 'defaulted';
  // @ts-expect-error money is a decimal string, never a number
  order.total.amount satisfies number;
  const line = { description: 'd', unitPrice: '1' };
  const head = { supplier: 's', ownNumber: 'n', currency: 'CNY', dueOn: '2030-01-01' } as const;
  plain.orders.propose({ ...head, lines: [{ ...line, quantity: { value: '1', unit: 'H87' } }] });
  // @ts-expect-error a quantity needs its unit
  plain.orders.propose({ ...head, lines: [{ ...line, quantity: { value: '1' } }] });
  // @ts-expect-error a currency that there is not
  plain.orders.propose({ ...head, currency: 'XYZ', lines: [] });
  // @ts-expect-error a change names the version that it saw
  plain.orders.accept({ order: 'id' });
  // @ts-expect-error a procedure of another namespace
  plain.orders.release({ lot: 'id' });
}

export async function events(): Promise<void> {
  for await (const event of plain.events.follow()) {
    if (isEvent(event, 'orders.progressed')) event.body.lines.map(({ produced }) => produced satisfies string);
    // @ts-expect-error nothing is known of the body before its type is
    event.body.lines.length;
    // @ts-expect-error a type that there is not
    isEvent(event, 'orders.progresed');
  }
}

export function errors(error: unknown): void {
  if (isYunfabError(error, 'orders.version_stale')) error.details satisfies Readonly<Record<string, unknown>>;
  'orders.version_stale' satisfies KnownErrorCode;
  // @ts-expect-error a code that there is not
  'orders.version_stal' satisfies KnownErrorCode;
}
