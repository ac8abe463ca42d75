import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, connect } from '@yunfab/core/database';
import type { PoolClient } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

const columns = 'ts, ordinal, value, series, quality, text';
const rowsOfBatch = 20_000;
const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const trailer = Buffer.from([0xff, 0xff]);

/**
 * What the database takes at most: the rows that the gateway committed, in the order in which it did, copied in binary
 * form straight into a table with the same columns and key, a commit every 20,000 rows. By one connection and by two,
 * for at most `seconds` each; the better one counts. In rows a second.
 */
export async function copyCeiling(owner: Connection, ownerUrl: string, mostRows: number, seconds: number): Promise<number> {
  const batches = await committedRows(owner, mostRows);
  let best = 0;
  for (const writers of [1, 2]) {
    await owner.pool.query(`drop table if exists telemetry.ceiling`);
    await owner.pool.query(`create table telemetry.ceiling (like telemetry.sample including all)`);
    await owner.pool.query('checkpoint').catch(() => {});
    await sleep(1_000);
    const pool = connect(ownerUrl, { max: writers });
    const waiting = [...batches];
    const until = performance.now() + seconds * 1000;
    const began = performance.now();
    let rows = 0;
    await Promise.all(
      Array.from({ length: writers }, async () => {
        const client = await pool.pool.connect();
        for (let batch = waiting.shift(); batch && performance.now() < until; batch = waiting.shift()) {
          await copy(client, batch.bytes);
          rows += batch.rows;
        }
        client.release();
      }),
    );
    best = Math.max(best, rows / ((performance.now() - began) / 1000));
    await pool.close();
  }
  await owner.pool.query(`drop table telemetry.ceiling`);
  return best;
}

async function copy(client: PoolClient, bytes: Buffer): Promise<void> {
  const stream = client.query(copyFrom(`copy telemetry.ceiling (${columns}) from stdin (format binary)`));
  await new Promise<void>((resolve, reject) => {
    stream.on('finish', resolve);
    stream.on('error', reject);
    stream.write(header);
    stream.write(bytes);
    stream.end(trailer);
  });
}

interface Batch {
  readonly bytes: Buffer;
  readonly rows: number;
}

/** Read out as the database itself packs them, and cut into batches between two rows. */
async function committedRows(owner: Connection, mostRows: number): Promise<Batch[]> {
  const client = await owner.pool.connect();
  const chunks: Buffer[] = [];
  // One reader, so that they come in the order in which they lie.
  await client.query('set max_parallel_workers_per_gather = 0');
  const stream = client.query(copyTo(`copy (select ${columns} from telemetry.sample limit ${mostRows}) to stdout (format binary)`));
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  client.release();
  const all = Buffer.concat(chunks);
  const batches: Batch[] = [];
  let at = header.length;
  let start = at;
  let rows = 0;
  for (;;) {
    const fields = all.readInt16BE(at);
    if (fields < 0 || rows === rowsOfBatch) {
      if (rows > 0) batches.push({ bytes: all.subarray(start, at), rows });
      if (fields < 0) return batches;
      start = at;
      rows = 0;
    }
    at += 2;
    for (let field = 0; field < fields; field += 1) at += 4 + Math.max(0, all.readInt32BE(at));
    rows += 1;
  }
}
