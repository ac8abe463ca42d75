import type { QueryConfig, QueryResultRow } from 'pg';
import type { Connection } from './connection.js';

/** What the promise comes to, if it does within `ms`; else rejects, and what it comes to later is nobody's. */
export async function within<Result>(ms: number, promise: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the database has not answered within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The rows; a connection over which they do not come within `ms` is given up, so that whoever asks next has another. */
export async function askWithin<Row extends QueryResultRow>({ pool }: Connection, ms: number, query: QueryConfig): Promise<Row[]> {
  const client = await pool.connect();
  let failed = true;
  try {
    const { rows } = await within(ms, client.query<Row>(query));
    failed = false;
    return rows;
  } finally {
    client.release(failed);
  }
}
