import type { z } from 'zod';
import { decodeCursor, page, requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { equipmentErrors } from '../errors.js';
import { readRecordsKeptFrom } from '../telemetry/reading.js';
import {
  askReplay,
  countLetters,
  discardLetters,
  type FoundLetter,
  findLetter,
  findLetters,
  type LetterCountRow,
  type LetterRow,
  pageOfLetters,
  standingLetters,
} from './repository.js';
import type { countDeadLettersInput, deadLetterCounts, deadLetterSchema, deadLettersInput, listDeadLettersInput } from './schema.js';

/** Counts are of so many letters of an organization at most, its newest. */
export const mostLettersCounted = 100_000;
const mostDevices = 100;

/** Messages of one's own devices that could not be stored, each with its reason. */
export async function listDeadLetters(scope: Scope, { cursor, limit, reason, device }: z.output<typeof listDeadLettersInput>) {
  const rows = await pageOfLetters(scope, { reason, device, after: decodeCursor(cursor), limit });
  const keptFrom = await readRecordsKeptFrom(scope, 'letters');
  return { ...page(rows, limit, ({ sort_key, id }) => ({ key: sort_key, id }), viewOf), keptFrom };
}

export async function getDeadLetter(scope: Scope, id: string) {
  const row = await findLetter(scope, id);
  if (!row) throw absent();
  return { ...viewOf(row), text: row.payload.toString('utf8'), base64: row.payload.toString('base64') };
}

/** How many letters stand, by reason among those of `device`, and by device among those of `reason`. */
export async function countDeadLetters(
  scope: Scope,
  { reason, device }: z.output<typeof countDeadLettersInput>,
): Promise<z.output<typeof deadLetterCounts>> {
  const rows = await countLetters(scope, { reason, device, among: mostLettersCounted });
  const all = rows.find(({ by }) => by === 'all');
  return {
    letters: Number(all?.letters ?? 0),
    messages: Number(all?.messages ?? 0),
    more: Number(all?.letters ?? 0) === mostLettersCounted,
    reasons: groupsOf(rows, 'reason').map(({ value, ...counted }) => ({ reason: value, ...counted })),
    devices: groupsOf(rows, 'device')
      .slice(0, mostDevices)
      .map(({ value, ...counted }) => ({ device: value, ...counted })),
  };
}

function groupsOf(rows: readonly LetterCountRow[], by: LetterCountRow['by']) {
  return rows
    .filter((row) => row.by === by)
    .map(({ value, letters, messages, last_at }) => ({
      ...{ value, letters: Number(letters), messages: Number(messages) },
      lastAt: (last_at ?? new Date(0)).toISOString(),
    }))
    .sort((a, b) => b.letters - a.letters || (a.value < b.value ? -1 : 1));
}

/** Those that are letters still: after a replay one that is missing was stored, one without `replayAskedAt` was refused again. */
export async function standingDeadLetters(scope: Scope, { letters }: z.output<typeof deadLettersInput>) {
  return { items: (await standingLetters(scope, letters)).map(viewOf) };
}

/**
 * Asks a gateway to put the messages through again, with the time at which they first came; it is done within seconds. What is
 * then stored whole is no letter any more; what is refused again keeps its letter, with the reason of now. Throws
 * `equipment.letter_cut`.
 */
export async function replayDeadLetters(scope: Scope, { letters }: z.output<typeof deadLettersInput>) {
  const found = await known(scope, letters);
  const cut = found.find(({ size, kept }) => kept < size);
  if (cut) throw equipmentErrors.letter_cut({ letter: cut.id, size: cut.size, kept: cut.kept });
  await askReplay(scope, letters);
  return { letters: found.length };
}

export async function discardDeadLetters(scope: Scope, { letters }: z.output<typeof deadLettersInput>) {
  const found = await known(scope, letters);
  await discardLetters(scope, letters);
  return { letters: found.length };
}

async function known(scope: Scope, letters: readonly string[]): Promise<FoundLetter[]> {
  const found = await findLetters(scope, letters);
  if (found.length < new Set(letters).size) throw absent();
  return found;
}

const absent = () => requestErrors.not_found({ kind: 'dead letter' });

function viewOf({ device, count, first_at, last_at, replay_asked_at, ...row }: LetterRow): z.output<typeof deadLetterSchema> {
  return {
    ...{ id: row.id, device: device ?? '', topic: row.topic, size: row.size, whole: row.whole, reason: row.reason, detail: row.detail },
    count: Number(count),
    firstAt: first_at.toISOString(),
    lastAt: last_at.toISOString(),
    replayAskedAt: replay_asked_at?.toISOString() ?? null,
  };
}
