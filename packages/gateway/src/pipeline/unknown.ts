import { newId } from '@yunfab/core/database';
import type { PoolClient } from 'pg';
import type { Refusal } from '../refusal.js';
import { deviceOf, type InterpretedMessage } from './message.js';

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
/** Anybody can make names up: of one batch so many of a device are noted and so many in all; the dead letters have the rest. */
const mostOfDevice = 200;
const mostNames = 1_000;
const sampleBytes = 4096;
const shownText = 200;

/** The unknown names of these messages, each once, within bounds. */
export function unknownIn(messages: readonly InterpretedMessage[]): UnknownName[] {
  const devices = new Map<string, Map<string, UnknownName>>();
  let count = 0;
  for (const { source, refusals } of messages) {
    const { place, payload, receivedAt } = source;
    if (!place || refusals.length === 0) continue;
    const names = devices.get(deviceOf(source)) ?? new Map<string, UnknownName>();
    devices.set(deviceOf(source), names);
    const { organization, device } = place;
    const sample = payload.subarray(0, sampleBytes);
    for (const { signal, value } of namesOf(refusals)) {
      const known = names.get(signal);
      if (known) {
        known.count += 1;
        known.lastAt = Math.max(known.lastAt, receivedAt);
        known.value ??= value;
      } else if (names.size < mostOfDevice && count < mostNames) {
        names.set(signal, {
          ...{ organization, device, signal, value, count: 1, firstAt: receivedAt, lastAt: receivedAt },
          ...{ sample, origin: '' },
        });
        count += 1;
      }
    }
  }
  return [...devices.values()].flatMap((names) => [...names.values()]);
}

function namesOf(refusals: readonly Refusal[]): { readonly signal: string; readonly value: UnknownName['value'] }[] {
  if (refusals.some(({ reason }) => reason === 'unknown_device')) return [{ signal: '', value: null }];
  const found = new Map<string, UnknownName['value']>();
  for (const { signal } of refusals) {
    if (!signal || !signalShape.test(signal.name) || found.has(signal.name)) continue;
    found.set(signal.name, scalar(signal.value));
    if (found.size === mostOfDevice) break;
  }
  return [...found].map(([signal, value]) => ({ signal, value }));
}

/** What jsonb takes: no NUL, no half of a pair. */
function scalar(value: unknown): UnknownName['value'] {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' ? Buffer.from(value.slice(0, shownText).replaceAll('\0', '')).toString('utf8') : null;
}

/** The names of one message share its sample, which is sent once: their place in the second parameter. */
export async function writeUnknown(client: Pick<PoolClient, 'query'>, names: readonly UnknownName[]): Promise<void> {
  if (names.length === 0) return;
  const samples = [...new Set(names.flatMap(({ sample }) => sample ?? []))];
  const places = new Map(samples.map((sample, index) => [sample, index + 1]));
  const noted = names.map(({ organization, firstAt, lastAt, sample, ...name }) => ({
    ...name,
    id: newId(),
    organization_code: organization,
    first_at: new Date(firstAt).toISOString(),
    last_at: new Date(lastAt).toISOString(),
    sample: sample && places.get(sample),
  }));
  await client.query({
    name: 'note_unknown',
    text: `select telemetry.note_unknown(json_agg(n || jsonb_build_object('sample', encode(($2::bytea[])[(n ->> 'sample')::int], 'hex'))))
      from jsonb_array_elements($1::jsonb) n`,
    values: [JSON.stringify(noted), samples],
  });
}
