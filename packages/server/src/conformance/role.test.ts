import { createTestDatabase, type TestDatabase } from '@yunfab/core/testing';
import { defineVertical, enableVertical, type LoadedVertical, loadVerticals, verticalRole } from '@yunfab/core/verticals';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { role } from './role.js';

const words = { en: 'x', zh: '某' };
const exported = defineVertical({ id: 'role-check', version: '1.0.0', platform: '*', words: { name: words, description: words } });
const loaded = loadVerticals([{ source: 'role-check', exported }], { platformVersion: '0.1.0' })[0] as LoadedVertical;
const { vertical } = loaded;
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
  await enableVertical(db.owner, loaded);
});
afterAll(() => db.close());

it('has nothing against the role that the platform makes, and names each thing that somebody gave it', async () => {
  expect(await role.run({ vertical, owner: db.owner })).toEqual({ problems: [], note: 'yunfab_plugin_role_check' });
  await db.owner.pool.query(`grant select (name_en) on core.organization_registry to ${verticalRole('role-check')}`);
  const { problems } = await role.run({ vertical, owner: db.owner });
  expect(problems).toEqual([
    'yunfab_plugin_role_check holds privileges on core.organization_registry. Grant nothing outside vertical_role_check.',
  ]);
});
