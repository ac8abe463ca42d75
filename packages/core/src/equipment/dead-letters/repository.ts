import { sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';

export interface LetterRow {
  readonly id: string;
  readonly device: string | null;
  readonly topic: string;
  readonly size: number;
  readonly whole: boolean;
  readonly reason: string;
  readonly detail: string;
  readonly count: string;
  readonly first_at: Date;
  readonly last_at: Date;
  readonly replay_asked_at: Date | null;
}

export interface LetterFilter {
  readonly reason: string | undefined;
  readonly device: string | undefined;
  readonly after: Keyset | null;
  readonly limit: number;
}

/** To the microsecond, which a `Date` does not hold: letters of one millisecond are in an order too. */
export interface ListedLetter extends LetterRow {
  readonly sort_key: string;
}

/** The newest first; one more than `limit` when there are more. */
export async function pageOfLetters(scope: Scope, { reason, device, after, limit }: LetterFilter): Promise<ListedLetter[]> {
  const { rows } = await sql<ListedLetter>`select l.*, to_char(l.last_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as sort_key
    from telemetry.read_dead_letters(${reason ?? null}, ${device ?? null},
    ${after?.key ?? null}::timestamptz, ${after?.id ?? null}::uuid, ${limit + 1}) l`.execute(scope.tx);
  return rows;
}

export async function findLetter(scope: Scope, id: string): Promise<(LetterRow & { readonly payload: Buffer }) | undefined> {
  const { rows } = await sql<LetterRow & { readonly payload: Buffer }>`select * from telemetry.read_dead_letter(${id}::uuid)`.execute(
    scope.tx,
  );
  return rows[0];
}

export interface FoundLetter {
  readonly id: string;
  /** Bytes of the message, and how many of them were kept. */
  readonly size: number;
  readonly kept: number;
}

/** Those of them that are the organization's. */
export async function findLetters(scope: Scope, ids: readonly string[]): Promise<FoundLetter[]> {
  const { rows } = await sql<FoundLetter>`select * from telemetry.find_dead_letters(${[...ids]}::uuid[])`.execute(scope.tx);
  return rows;
}

export async function askReplay(scope: Scope, ids: readonly string[]): Promise<void> {
  await sql`select telemetry.ask_replay(${[...ids]}::uuid[])`.execute(scope.tx);
}

export async function discardLetters(scope: Scope, ids: readonly string[]): Promise<void> {
  await sql`select telemetry.discard_dead_letters(${[...ids]}::uuid[])`.execute(scope.tx);
}

export interface LetterCountRow {
  readonly by: 'reason' | 'device' | 'all';
  readonly value: string;
  readonly letters: string;
  readonly messages: string;
  readonly last_at: Date | null;
}

/** Of the organization's newest `among` letters: by reason (of the device asked for), by device (of that reason), and all of them. */
export async function countLetters(
  scope: Scope,
  { reason, device, among }: { readonly reason: string | undefined; readonly device: string | undefined; readonly among: number },
): Promise<LetterCountRow[]> {
  const { rows } = await sql<LetterCountRow>`select * from telemetry.count_dead_letters(${reason ?? null}, ${device ?? null},
    ${among})`.execute(scope.tx);
  return rows;
}

/** Those of them that are the organization's and are letters still. */
export async function standingLetters(scope: Scope, ids: readonly string[]): Promise<LetterRow[]> {
  const { rows } = await sql<LetterRow>`select * from telemetry.read_standing_letters(${[...ids]}::uuid[])`.execute(scope.tx);
  return rows;
}
