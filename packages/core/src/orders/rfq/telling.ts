import type { Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import type { RfqEventBody, RfqEventType } from './events.js';
import type { InvitationRow } from './invitation-repository.js';
import type { QuoteRow } from './quote-repository.js';
import type { RfqRow } from './repository.js';

type About<Prefix extends string> = Extract<RfqEventType, `rfq.${Prefix}${string}`>;
export type InvitationEvent = About<'invit' | 'confidentiality' | 'question' | 'answer'>;
export type QuoteEvent = About<'quote_'>;
export type RequestEvent = Exclude<RfqEventType, InvitationEvent | QuoteEvent | 'rfq.rate_set'>;

type More<Type extends RfqEventType, Given extends string> = Omit<RfqEventBody<Type>, Given>;

/** On the buyer's own record. */
export async function tellRequest<Type extends RequestEvent>(
  scope: Scope,
  { id, number, state, version }: RfqRow,
  type: Type,
  more: More<Type, 'number' | 'state' | 'version'>,
): Promise<void> {
  await appendEvent(scope, { type, record: id, body: { number, state, version, ...more } });
}

/** To the buyer and the one supplier of this invitation. */
export async function tellInvited<Type extends InvitationEvent>(
  scope: Scope,
  { id, number, state, standing, version }: InvitationRow,
  type: Type,
  more: More<Type, 'number' | 'state' | 'standing' | 'version'>,
): Promise<void> {
  await appendEvent(scope, { type, record: id, body: { number, state, standing, version, ...more } });
}

/** To the buyer and the supplier of this quote. */
export async function tellQuoted<Type extends QuoteEvent>(
  scope: Scope,
  { id, number, state, version, revision }: QuoteRow,
  type: Type,
  more: More<Type, 'number' | 'state' | 'version' | 'revision'>,
): Promise<void> {
  await appendEvent(scope, { type, record: id, body: { number, state, version, revision, ...more } });
}
