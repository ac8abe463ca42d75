import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, connect } from '@yunfab/core/database';
import type { PoolClient } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

const columns = 'ts, ordinal, value, series, quality, text';
const rowsOfBatch = 20_000;
const settleMs = 3_000;
const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const trailer = Buffer.from([0xff, 0xff]);

/**
 * What the database takes at most: the rows that the gateway committed, in the order in which it did, copied in binary
 * form straight into a table with the same columns and key, a commit every 20,000 rows. By one connection, and by two, which
 * take both cores for it. As many rows as the gateway was measured with, so that the log of the database is flushed as
 * often. In rows a second.
 */
export async function copyCeiling(owner: Connection, ownerUrl: string, rows: number): Promise<{ one: number; two: number }> {
  const batches = await committedRows(owner, rows);
  const perSecond = { one: 0, two: 0 };
  for (const writers of [1, 2]) {
    await owner.pool.query('drop table if exists telemetry.ceiling');
    await owner.pool.query('create table telemetry.ceiling (like telemetry.sample including all)');
    await sleep(settleMs);
    const pool = connect(ownerUrl, { max: writers });
    const waiting = [...batches];
    const began = performance.now();
    await Promise.all(
      Array.from({ length: writers }, async () => {
        const client = await pool.pool.connect();
        for (let batch = waiting.shift(); batch; batch = waiting.shift()) await copy(client, batch);
        client.release();
      }),
    );
    perSecond[writers === 1 ? 'one' : 'two'] = rows / ((performance.now() - began) / 1000);
    await pool.close();
  }
  await owner.pool.query('drop table telemetry.ceiling');
  return perSecond;
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

/** Read out as the database itself packs them, and cut into batches between two rows. */
async function committedRows(owner: Connection, rows: number): Promise<Buffer[]> {
  const client = await owner.pool.connect();
  // One reader, so that they come in the order in which they lie.
  await client.query('set max_parallel_workers_per_gather = 0');
  const stream = client.query(copyTo(`copy (select ${columns} from telemetry.sample limit ${rows}) to stdout (format binary)`));
  const batches: Buffer[] = [];
  let parts: Buffer[] = [];
  let gathered = 0;
  let rest: Buffer = Buffer.alloc(0);
  let skip = header.length;
  const finish = () => {
    if (parts.length > 0) batches.push(Buffer.concat(parts));
    parts = [];
    gathered = 0;
  };
  for await (const chunk of stream) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer);
    let at = Math.min(skip, bytes.length);
    skip -= at;
    let start = at;
    for (let end = endOfRow(bytes, at); end > 0; end = endOfRow(bytes, at)) {
      at = end;
      gathered += 1;
      if (gathered < rowsOfBatch) continue;
      parts.push(bytes.subarray(start, at));
      finish();
      start = at;
    }
    if (at > start) parts.push(bytes.subarray(start, at));
    rest = bytes.subarray(at);
  }
  finish();
  client.release();
  return batches;
}

/** Where the row that begins here ends; 0 when it is not whole, or the trailer. */
function endOfRow(bytes: Buffer, start: number): number {
  let at = start + 2;
  if (at > bytes.length) return 0;
  const fields = bytes.readInt16BE(start);
  if (fields < 0) return 0;
  for (let field = 0; field < fields; field += 1) {
    if (at + 4 > bytes.length) return 0;
    at += 4 + Math.max(0, bytes.readInt32BE(at));
  }
  return at > bytes.length ? 0 : at;
}
