import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

/** Connection strings, one per role. The owner's is present only in processes that migrate or make partitions. */
export interface DatabaseUrls {
  readonly runtime: string;
  readonly system: string;
  readonly ingest: string;
  readonly owner?: string;
}

/** No tables are known here; a feature adds its own with `handle.withTables<OrderTables>()`. */
// biome-ignore lint/complexity/noBannedTypes: Kysely's own spelling of a database without tables
export type Handle = Kysely<{}>;

/** One role's pool with its Kysely handle; unqualified tables are those of schema `core`. */
export interface Connection {
  readonly pool: pg.Pool;
  readonly handle: Handle;
  close(): Promise<void>;
}

/** Open connections of a running process, by role. Close them with {@link closeDatabase}. */
export interface Database {
  readonly runtime: Connection;
  readonly system: Connection;
  readonly ingest: Connection;
}

export interface ConnectionOptions {
  readonly max?: number;
  /** Shown in pg_stat_activity. */
  readonly name?: string;
  /** After how long without a word within a transaction the server ends it. */
  readonly idleInTransactionMs?: number;
  /** After how long a statement counts as never to be answered; its connection is given up. Not for what streams its rows. */
  readonly statementMs?: number;
}

const int8 = 20;
const date = 1082;

/** int8 as number (throws past 2^53), date as `YYYY-MM-DD`; numeric stays an exact string. */
const wireTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === int8) return parseSafeInteger;
    if (oid === date) return (text: string) => text;
    return pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;

function parseSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} does not fit a JavaScript number`);
  return value;
}

/** A server that is gone without a word is noticed by the connection itself some minutes later; one to be opened, within this. */
const connectMs = 30_000;

export function connect(url: string, options: ConnectionOptions = {}): Connection {
  const { max = 10, name = 'yunfab', idleInTransactionMs, statementMs } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: name,
    types: wireTypes,
    keepAlive: true,
    keepAliveInitialDelayMillis: connectMs,
    connectionTimeoutMillis: connectMs,
    ...(idleInTransactionMs === undefined ? {} : { idle_in_transaction_session_timeout: idleInTransactionMs }),
    ...(statementMs === undefined ? {} : { query_timeout: statementMs }),
  });
  // An idle connection that the server drops must not end the process; the next query opens another.
  pool.on('error', () => {});
  // Nor one that is lost between two statements of a transaction: the next statement on it fails, and the pool forgets it.
  pool.on('connect', (client) => client.on('error', () => {}));
  // biome-ignore lint/complexity/noBannedTypes: see Handle
  const handle = new Kysely<{}>({ dialect: new PostgresDialect({ pool }) }).withSchema('core');
  return { pool, handle, close: () => pool.end() };
}

export function openDatabase(urls: DatabaseUrls, options: ConnectionOptions = {}): Database {
  return {
    runtime: connect(urls.runtime, { max: 12, ...options }),
    system: connect(urls.system, { max: 6, ...options }),
    // What a gateway does can be done again: one that is cut off in a commit must not hold up the rollups of all others, and a
    // database that goes silent must not hold it up when another answers.
    ingest: connect(urls.ingest, { max: 3, idleInTransactionMs: 30_000, statementMs: 60_000, ...options }),
  };
}

export async function closeDatabase(database: Database): Promise<void> {
  await Promise.all([database.runtime.close(), database.system.close(), database.ingest.close()]);
}
