import { newId } from '@yunfab/core/database';
import type { PoolClient } from 'pg';
import type { Refusal } from '../refusal.js';
import type { InterpretedMessage } from './message.js';

/** A name that nobody registered, as the database keeps it. */
export interface UnknownName {
  readonly organization: string;
  readonly device: string;
  /** Empty: the device itself. */
  readonly signal: string;
  count: number;
  readonly firstAt: number;
  lastAt: number;
  value: number | string | boolean | null;
  readonly sample: Buffer | null;
  /** The network of whoever knocked; empty where a broker outside let it in, which knows and does not say. */
  readonly origin: string;
}

/** What a signal may be called; another name can never be accepted, and is in the dead letters only. */
const signalShape = /^[a-z][a-z0-9_.]{0,79}$/;
const mostOfOneMessage = 200;
const sampleBytes = 4096;
const shownText = 200;

/** The unknown names of these messages, each once. */
export function unknownIn(messages: readonly InterpretedMessage[]): UnknownName[] {
  const names = new Map<string, UnknownName>();
  for (const { source, refusals } of messages) {
    const { place, payload, receivedAt } = source;
    if (!place || refusals.length === 0) continue;
    for (const { signal, value } of namesOf(refusals)) {
      const key = `${place.organization}/${place.device} ${signal}`;
      const known = names.get(key);
      if (known) {
        known.count += 1;
        known.lastAt = Math.max(known.lastAt, receivedAt);
        known.value ??= value;
      } else {
        const { organization, device } = place;
        names.set(key, {
          ...{ organization, device, signal, value, count: 1, firstAt: receivedAt, lastAt: receivedAt },
          sample: payload.subarray(0, sampleBytes),
          origin: '',
        });
      }
    }
  }
  return [...names.values()];
}

function namesOf(refusals: readonly Refusal[]): { readonly signal: string; readonly value: UnknownName['value'] }[] {
  if (refusals.some(({ reason }) => reason === 'unknown_device')) return [{ signal: '', value: null }];
  const found = new Map<string, UnknownName['value']>();
  for (const { signal } of refusals) {
    if (!signal || !signalShape.test(signal.name) || found.has(signal.name)) continue;
    found.set(signal.name, scalar(signal.value));
    if (found.size === mostOfOneMessage) break;
  }
  return [...found].map(([signal, value]) => ({ signal, value }));
}

/** What jsonb takes: no NUL, no half of a pair. */
function scalar(value: unknown): UnknownName['value'] {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' ? Buffer.from(value.slice(0, shownText).replaceAll('\0', '')).toString('utf8') : null;
}

export async function writeUnknown(client: Pick<PoolClient, 'query'>, names: readonly UnknownName[]): Promise<void> {
  if (names.length === 0) return;
  const noted = names.map(({ organization, firstAt, lastAt, sample, ...name }) => ({
    ...name,
    id: newId(),
    organization_code: organization,
    first_at: new Date(firstAt).toISOString(),
    last_at: new Date(lastAt).toISOString(),
    sample: sample?.toString('hex') ?? null,
  }));
  await client.query({ name: 'note_unknown', text: 'select telemetry.note_unknown($1::json)', values: [JSON.stringify(noted)] });
}
