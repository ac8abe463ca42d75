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

export interface Summed {
  readonly name: 'quantity' | 'accepted' | 'rejected';
  readonly unit: string;
  readonly value: number;
}

/** The quantities that the entries of a group speak of, added up by unit; for reading, not for reckoning. */
export function quantitiesOf(entries: readonly TimelineEntry[]): Summed[] {
  const sums = new Map<string, Summed>();
  for (const { body } of entries) {
    const lines = Array.isArray(body['lines']) ? body['lines'] : [body];
    for (const line of lines) {
      if (typeof line !== 'object' || line === null) continue;
      for (const name of ['quantity', 'accepted', 'rejected'] as const) {
        const quantity = (line as Record<string, unknown>)[name] as { value?: string; unit?: string } | undefined;
        if (typeof quantity?.value !== 'string' || typeof quantity.unit !== 'string') continue;
        const key = `${name} ${quantity.unit}`;
        sums.set(key, { name, unit: quantity.unit, value: (sums.get(key)?.value ?? 0) + Number(quantity.value) });
      }
    }
  }
  return [...sums.values()].filter(({ value }) => value !== 0);
}
