import type { Client } from '../app/client.js';

export type TimelineEntry = Awaited<ReturnType<Client['orders']['timeline']>>['items'][number];

/** What the platform noted several times in a row without anything else in between, newest first. */
export interface TimelineGroup {
  readonly key: string;
  readonly newest: TimelineEntry;
  readonly oldest: TimelineEntry;
  readonly entries: readonly TimelineEntry[];
}

/** Counting goes on and on; people do single things. So only what the platform itself wrote is gathered. */
export function grouped(entries: readonly TimelineEntry[]): TimelineGroup[] {
  const groups: TimelineGroup[] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last && entry.actor.kind === 'system' && last.newest.actor.kind === 'system' && last.newest.type === entry.type) {
      groups[groups.length - 1] = { ...last, key: entry.id, oldest: entry, entries: [...last.entries, entry] };
    } else groups.push({ key: entry.id, newest: entry, oldest: entry, entries: [entry] });
  }
  return groups;
}

const told = ['quantity', 'accepted', 'conceded', 'rejected'] as const;
const differences = ['shortage', 'surplus', 'damage'] as const;
type DifferenceKind = (typeof differences)[number];

export interface Summed {
  readonly name: (typeof told)[number] | DifferenceKind;
  readonly unit: string;
  readonly value: number;
}

/** The quantities that the entries of a group speak of, added up by unit; for reading, not for reckoning. */
export function quantitiesOf(entries: readonly TimelineEntry[]): Summed[] {
  const sums = new Map<string, Summed>();
  const sum = (name: Summed['name'], given: unknown) => {
    const { value, unit } = (given ?? {}) as { readonly value?: unknown; readonly unit?: unknown };
    if (typeof value !== 'string' || typeof unit !== 'string') return;
    const key = `${name} ${unit}`;
    sums.set(key, { name, unit, value: (sums.get(key)?.value ?? 0) + Number(value) });
  };
  for (const { body } of entries) {
    for (const line of partsOf(body['lines'] ?? [body])) for (const name of told) sum(name, line[name]);
    for (const difference of partsOf(body['differences']))
      for (const kind of differences) if (difference['kind'] === kind) sum(kind, difference['quantity']);
  }
  return [...sums.values()].filter(({ value }) => value !== 0);
}

const partsOf = (list: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(list) ? list.filter((part) => typeof part === 'object' && part !== null) : [];
