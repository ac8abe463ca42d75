import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOrganization, createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../testing/index.js';
import { connect, inScope, type OrganizationId, type Scope } from './index.js';

let db: TestDatabase;
let ours: TestOrganization;
let theirs: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  ours = await createTestOrganization(db, 'ours');
  theirs = await createTestOrganization(db, 'theirs');
});
afterAll(() => db.close());

const organizationOf = async (scope: Scope) => {
  const { rows } = await sql<{ organization: OrganizationId | null }>`select core.organization() as organization`.execute(scope.tx);
  return rows[0]?.organization ?? null;
};
const settingOf = async (scope: Scope) => {
  const { rows } = await sql<{ setting: string }>`select current_setting('yunfab.organization') as setting`.execute(scope.tx);
  return rows[0]?.setting ?? '';
};
const setTo = (scope: Scope, setting: string) => sql`select set_config('yunfab.organization', ${setting}, true)`.execute(scope.tx);

describe('the sealed organization', () => {
  it('is who entered, and nobody outside a scope', async () => {
    expect(await asOrganization(db, ours, organizationOf)).toBe(ours.id);
    const { rows } = await db.database.runtime.pool.query('select core.organization() as organization');
    expect(rows).toEqual([{ organization: null }]);
  });

  it('refuses a setting without its seal', async () => {
    for (const setting of [theirs.id, `${theirs.id}:`, `${theirs.id}:${'0'.repeat(64)}`]) {
      await expect(
        asOrganization(db, ours, async (scope) => {
          await setTo(scope, setting);
          return organizationOf(scope);
        }),
        setting,
      ).rejects.toThrow(/without core.enter/);
    }
  });

  it('refuses to enter a second organization', async () => {
    await expect(asOrganization(db, ours, (scope) => sql`select core.enter(${theirs.id}::uuid)`.execute(scope.tx))).rejects.toThrow(
      /cannot be entered again/,
    );
    const one = connect(db.urls.runtime, { max: 1 });
    const twice = one.pool.query(`begin; select core.enter('${ours.id}'); select core.enter('${theirs.id}')`);
    await expect(twice).rejects.toThrow(/already entered/);
    await one.close();
  });

  it('refuses to enter a second organization after the setting was cleared', async () => {
    for (const cleared of ['', theirs.id]) {
      await expect(
        asOrganization(db, ours, async (scope) => {
          await setTo(scope, cleared);
          await sql`select core.enter(${theirs.id}::uuid)`.execute(scope.tx);
        }),
      ).rejects.toThrow(/cannot be entered again/);
    }
  });

  it('refuses to enter a second organization behind a savepoint', async () => {
    await expect(
      asOrganization(db, ours, async (scope) => {
        await sql`savepoint before`.execute(scope.tx);
        await setTo(scope, '');
        await sql`rollback to savepoint before`.execute(scope.tx);
        expect(await organizationOf(scope)).toBe(ours.id);
        await setTo(scope, '');
        await sql`select core.enter(${theirs.id}::uuid)`.execute(scope.tx);
      }),
    ).rejects.toThrow(/cannot be entered again/);
  });

  it('refuses a setting copied from another transaction of the same backend', async () => {
    const one = connect(db.urls.runtime, { max: 1 });
    const options = { organization: ours.id, actor: ours.actor, now: new Date() };
    const copied = await inScope(one, options, settingOf);
    await expect(
      inScope(one, { ...options, organization: theirs.id }, async (scope) => {
        await setTo(scope, copied);
        return organizationOf(scope);
      }),
    ).rejects.toThrow(/without core.enter/);
    await one.close();
  });

  it('refuses a setting copied from another backend in a transaction that is still open', async () => {
    await asOrganization(db, ours, async (scope) => {
      const copied = await settingOf(scope);
      await expect(
        asOrganization(db, theirs, async (other) => {
          await setTo(other, copied);
          return organizationOf(other);
        }),
      ).rejects.toThrow(/without core.enter/);
    });
  });

  it('cannot be made by runtime itself', async () => {
    for (const statement of ['select * from core.seal_key', `select core.seal_of('${theirs.id}')`]) {
      await expect(db.database.runtime.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
    }
    await expect(db.database.ingest.pool.query(`select core.enter('${theirs.id}')`)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('a scope', () => {
  it('takes nothing but an organization id', async () => {
    for (const organization of ['', 'x', `${ours.id}'); select core.enter('${theirs.id}`]) {
      await expect(
        inScope(db.database.runtime, { organization: organization as OrganizationId, actor: ours.actor, now: new Date() }, organizationOf),
      ).rejects.toThrow(/not an organization id/);
    }
  });

  it('leaves nothing behind in the pool: 4,000 interleaved scopes, a quarter of them aborted', async () => {
    const organizations = [ours, theirs];
    let leaked = 0;
    let aborted = 0;
    const lane = async (lane: number) => {
      for (let i = 0; i < 250; i += 1) {
        const who = organizations[(lane + i) % 2] as TestOrganization;
        const failing = i % 4;
        const found = await asOrganization(db, who, async (scope) => {
          const seen = await organizationOf(scope);
          if (failing === 1 && i % 8 === 1) throw new Error('planned');
          if (failing === 1) await sql`select 1 / 0`.execute(scope.tx);
          return seen;
        }).catch(() => {
          aborted += 1;
          return who.id;
        });
        if (found !== who.id) leaked += 1;
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, number) => lane(number)));
    expect({ leaked, aborted }).toEqual({ leaked: 0, aborted: 1_008 });
    const { rows } = await db.database.runtime.pool.query(`select current_setting('yunfab.organization', true) as setting`);
    expect(rows[0]?.setting || null).toBeNull();
  }, 60_000);

  it('does not write when it is read-only', async () => {
    await expect(
      inScope(db.database.runtime, { organization: ours.id, actor: ours.actor, now: new Date(), readOnly: true }, (scope) =>
        sql`insert into core.record (id, kind, created_by, visible_to) values (gen_random_uuid(), 'order', ${ours.id}, array[${ours.id}]::uuid[])`.execute(
          scope.tx,
        ),
      ),
    ).rejects.toMatchObject({ code: '25006' });
  });
});
