import type { PoolClient } from 'pg';

/** A minute since 1970 in which a series has samples that its rollups do not count yet. */
export type Mark = readonly [series: number, minute: number];

/** What a transaction was told when it began; true until it ends. */
export interface Entered {
  /** Minutes before it may be rolled up at any moment, and their marks be gone. */
  readonly rolledBefore: number;
  /** Another one says that marks may be gone which stood, or that other series are watched. */
  readonly generation: number;
  /** Unix ms, by the clock of the database. */
  readonly now: number;
}

export type Marks = ReturnType<typeof createMarks>;

const most = 500_000;

/**
 * The marks that this process knows to stand, so that a minute under way is marked once and not by each of its commits. A
 * mark stands from its commit until its minute is rolled up, and that begins only when every transaction that might still
 * rely on it has ended (`telemetry.let_roll`). A series that a rule watches is marked each time: the rule hears by it.
 */
export function createMarks() {
  let known = -1;
  /** Series → the minute from which on no rule reads it. */
  let watchedUntil: ReadonlyMap<number, number> = new Map();
  const standing = new Map<number, Set<number>>();
  let size = 0;

  function forget(): void {
    standing.clear();
    size = 0;
  }

  async function enter(client: PoolClient): Promise<Entered> {
    const { rows } = await client.query<{ rolled_before: number; generation: number; now_ms: number }>({
      name: 'begin_commit',
      text: 'select rolled_before, generation, now_ms from telemetry.begin_commit()',
    });
    const [row] = rows;
    if (!row) throw new Error('telemetry.begin_commit() answered nothing');
    const { rolled_before: rolledBefore, generation, now_ms: now } = row;
    if (generation !== known) {
      const watched = await readWatched(client);
      forget();
      watchedUntil = watched;
      known = generation;
    }
    for (const [minute, series] of standing) {
      if (minute >= rolledBefore) continue;
      standing.delete(minute);
      size -= series.size;
    }
    return { rolledBefore, generation, now };
  }

  /** Those marks that the transaction has to set itself. */
  function due(minutes: ReadonlyMap<number, readonly number[]>, { rolledBefore }: Entered): Mark[] {
    const marks: Mark[] = [];
    for (const [series, own] of minutes) {
      const watched = watchedUntil.get(series) ?? 0;
      for (const minute of own) {
        if (minute < rolledBefore || minute < watched || !standing.get(minute)?.has(series)) marks.push([series, minute]);
      }
    }
    return marks;
  }

  /** Call it when the transaction that set them is committed. */
  function stand(marks: readonly Mark[], { generation }: Entered): void {
    if (generation !== known) return;
    if (size + marks.length > most) forget();
    for (const [series, minute] of marks) {
      const own = standing.get(minute);
      if (own?.has(series)) continue;
      if (own) own.add(series);
      else standing.set(minute, new Set([series]));
      size += 1;
    }
  }

  return { enter, due, stand, forget };
}

async function readWatched(client: PoolClient): Promise<Map<number, number>> {
  const { rows } = await client.query<{ series: number; until: number | null }>('select series, until from telemetry.watched()');
  return new Map(rows.map(({ series, until }) => [series, until ?? Number.POSITIVE_INFINITY]));
}
