import { afterAll, beforeAll, expect, it } from 'vitest';
import { asOrganization, createTestDatabase, createTestOrganization, type TestDatabase } from '../testing/index.js';
import { allTables, exportedTables, withheldBecause, withheldTables } from './index.js';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

it('exports every table of the catalogue, or says why not', async () => {
  const who = await createTestOrganization(db, 'asker');
  const { tables, exported } = await asOrganization(db, who, async (scope) => ({
    tables: await allTables(scope),
    exported: await exportedTables(scope),
  }));
  const forgotten = tables.filter(({ name, reader }) => reader === null && withheldBecause(name) === null).map(({ name }) => name);
  expect(forgotten).toEqual([]);
  expect(Object.keys(withheldTables).filter((name) => !tables.some((table) => table.name === name))).toEqual([]);
  expect(exported.length).toBeGreaterThan(40);
  expect(exported.filter(({ reader }) => reader !== 'yunfab_runtime')).toEqual([]);
});

it('never reads what is secret', async () => {
  const who = await createTestOrganization(db, 'careful');
  const exported = await asOrganization(db, who, (scope) => exportedTables(scope));
  const columnsOf = (table: string) => exported.find(({ name }) => name === table)?.columns ?? [];
  expect(columnsOf('core.api_key')).not.toContain('hash');
  expect(columnsOf('core.api_key')).toContain('prefix');
  expect(columnsOf('core.device_credential')).not.toContain('hash');
  expect(columnsOf('core.record')).not.toContain('visible_to');
  expect(columnsOf('core.event')).not.toContain('audience');
  const secrets = exported.flatMap(({ name, columns }) =>
    columns.filter((column) => /pin|secret|password|token_hash/.test(column)).map((column) => `${name}.${column}`),
  );
  expect(secrets).toEqual([]);
});
