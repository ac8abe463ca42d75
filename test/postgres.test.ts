import { createTestDatabase } from '@yunfab/core/testing';
import { expect, it } from 'vitest';

it('clones a database of its own on the server of this run', async () => {
  const database = await createTestDatabase();
  const { rows } = await database.owner.pool.query('select version(), current_database() as name');
  expect(rows[0].version).toMatch(/^PostgreSQL/);
  await database.close();
});
