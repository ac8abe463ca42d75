import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { organizationProfile } from '../access/index.js';
import type { Scope } from '../database/index.js';
import { allTables, type ExportedTable, exportedTables, withheldBecause } from './tables.js';

/** One file of an export. Entries are opened one after the other and read to their end; the manifest, which is last, counts them. */
export interface ExportEntry {
  readonly name: string;
  open(): AsyncIterable<string>;
}

interface Tally {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  rows: number;
  bytes: number;
  sha256: string;
}

const rowsAtOnce = 500;

/**
 * All that the scope's organization may see, a file of NDJSON for each table: rows come through a cursor, under the same
 * row-level security as every request, so that an export holds nothing that could not be read one by one, and never more
 * than a page of it in memory.
 */
export async function exportEntries(scope: Scope, organizationCode: string): Promise<ExportEntry[]> {
  const tables = await exportedTables(scope);
  const tallies: Tally[] = [];
  const files = tables.map((table) => ({
    name: `data/${table.name}.ndjson`,
    open: () => counted(table, rowsOf(scope, table), tallies),
  }));
  return [...files, { name: 'manifest.json', open: () => manifest(scope, organizationCode, tallies) }];
}

async function* rowsOf(scope: Scope, { name, columns, key, reader }: ExportedTable): AsyncGenerator<readonly string[]> {
  const run = <Row>(statement: string) => sql.raw<Row>(statement).execute(scope.tx);
  const cursor = quoted(`export ${name}`);
  const from = name.split('.').map(quoted).join('.');
  const order = key.length > 0 ? ` order by ${key.map(quoted).join(', ')}` : '';
  await run(`set local role ${quoted(reader)}`);
  await run(`declare ${cursor} no scroll cursor for
    select row_to_json(t)::text as row from (select ${columns.map(quoted).join(', ')} from ${from}${order}) t`);
  for (;;) {
    const { rows } = await run<{ row: string }>(`fetch forward ${rowsAtOnce} from ${cursor}`);
    if (rows.length === 0) break;
    yield rows.map(({ row }) => row);
  }
  await run(`close ${cursor}`);
  await run('set local role none');
}

async function* counted(
  { name, columns }: ExportedTable,
  pages: AsyncIterable<readonly string[]>,
  tallies: Tally[],
): AsyncGenerator<string> {
  const tally: Tally = { name: `data/${name}.ndjson`, table: name, columns, rows: 0, bytes: 0, sha256: '' };
  const digest = createHash('sha256');
  for await (const page of pages) {
    const text = `${page.join('\n')}\n`;
    digest.update(text);
    tally.rows += page.length;
    tally.bytes += Buffer.byteLength(text);
    yield text;
  }
  tallies.push({ ...tally, sha256: digest.digest('hex') });
}

async function* manifest(scope: Scope, organizationCode: string, files: readonly Tally[]): AsyncGenerator<string> {
  const withheld = (await allTables(scope)).flatMap(({ name }) => {
    const reason = withheldBecause(name);
    return reason === null ? [] : [{ table: name, reason }];
  });
  const told = {
    format: 'yunfab-export/1',
    organization: await organizationProfile(scope, organizationCode),
    exportedAt: scope.now.toISOString(),
    exportedBy: scope.actor.label,
    // Decimals are JSON numbers with all their digits: read them as decimals, not as doubles.
    decimals: 'exact',
    files,
    withheld,
  };
  yield `${JSON.stringify(told, null, 2)}\n`;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
