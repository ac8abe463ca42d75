import type { z } from 'zod';
import { decodeCursor, page, requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { equipmentErrors } from '../errors.js';
import { askReplay, discardLetters, type FoundLetter, findLetter, findLetters, type LetterRow, pageOfLetters } from './repository.js';
import type { deadLetterSchema, deadLettersInput, listDeadLettersInput } from './schema.js';

/** Messages of one's own devices that could not be stored, each with its reason. */
export async function listDeadLetters(scope: Scope, { cursor, limit, reason, device }: z.output<typeof listDeadLettersInput>) {
  const rows = await pageOfLetters(scope, { reason, device, after: decodeCursor(cursor), limit });
  return page(rows, limit, ({ last_at, id }) => ({ key: last_at.toISOString(), id }), viewOf);
}

export async function getDeadLetter(scope: Scope, id: string) {
  const row = await findLetter(scope, id);
  if (!row) throw absent();
  return { ...viewOf(row), text: row.payload.toString('utf8'), base64: row.payload.toString('base64') };
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
