import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecord } from '../access/index.js';
import { asOrganization, createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../testing/index.js';
import { newId, type RecordId } from './index.js';

let db: TestDatabase;
let ours: TestOrganization;
let theirs: TestOrganization;
let hidden: RecordId;

beforeAll(async () => {
  db = await createTestDatabase();
  ours = await createTestOrganization(db, 'ours');
  theirs = await createTestOrganization(db, 'theirs');
  hidden = newId<'record'>();
  await asOrganization(db, theirs, (scope) =>
    createRecord(scope, { id: hidden, kind: 'order', parties: [{ organization: theirs.id, role: 'buyer' }] }),
  );
});
afterAll(() => db.close());

const catalog = async (query: string): Promise<string[]> => {
  const { rows } = await db.owner.pool.query<{ name: string }>(query);
  return rows.map((row) => row.name);
};

/** Kysely's own ledgers hold names of migrations and nothing of any tenant. */
const ledgers = `('migration', 'migration_lock')`;
const tenantSchemas = `(n.nspname = 'core' or n.nspname like 'vertical\\_%')`;
const everyTable = `from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and c.relname not in ${ledgers}`;

describe('the catalog', () => {
  it('forces row-level security on every table of core and of the verticals', async () => {
    expect(await catalog(`select format('%I.%I', n.nspname, c.relname) as name ${everyTable} and ${tenantSchemas}`)).not.toEqual([]);
    expect(
      await catalog(
        `select format('%I.%I', n.nspname, c.relname) as name ${everyTable} and ${tenantSchemas} and not (c.relrowsecurity and c.relforcerowsecurity)`,
      ),
    ).toEqual([]);
  });

  it('gives PUBLIC nothing on any table', async () => {
    expect(
      await catalog(`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace,
        lateral aclexplode(c.relacl) a where n.nspname not in ('pg_catalog', 'information_schema') and a.grantee = 0`),
    ).toEqual([]);
  });

  it('gives runtime no privilege on any table, view or sequence of telemetry and signin, nor on a column of one', async () => {
    expect(await catalog(`select c.relname as name ${everyTable} and n.nspname = 'telemetry'`)).toContain('sample');
    const privileges = ['SELECT', 'INSERT', 'UPDATE', 'REFERENCES'];
    expect(
      await catalog(`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('telemetry', 'signin') and c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relname not in ${ledgers}
        and (has_table_privilege('yunfab_runtime', c.oid, 'DELETE') or has_table_privilege('yunfab_runtime', c.oid, 'TRUNCATE')
          or ${privileges.map((each) => `has_any_column_privilege('yunfab_runtime', c.oid, '${each}')`).join(' or ')})`),
    ).toEqual([]);
    expect(
      await catalog(`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('telemetry', 'signin')
        and case when c.relkind = 'S' then has_sequence_privilege('yunfab_runtime', c.oid, 'USAGE, SELECT, UPDATE') else false end`),
    ).toEqual([]);
  });

  it('gives ingest nothing in core but what it needs to let a device in', async () => {
    expect(
      await catalog(`select format('%I.%I', n.nspname, c.relname) as name ${everyTable} and n.nspname = 'core'
        and (has_any_column_privilege('yunfab_ingest', c.oid, 'SELECT, INSERT, UPDATE') or has_table_privilege('yunfab_ingest', c.oid, 'DELETE'))`),
    ).toEqual([]);
  });

  it('lets runtime truncate, trigger or reference no table, and create in no schema', async () => {
    expect(
      await catalog(`select format('%I.%I', n.nspname, c.relname) as name ${everyTable} and n.nspname in ('core', 'telemetry', 'signin')
        and (has_table_privilege('yunfab_runtime', c.oid, 'TRUNCATE') or has_table_privilege('yunfab_runtime', c.oid, 'TRIGGER'))`),
    ).toEqual([]);
    expect(
      await catalog(`select nspname as name from pg_namespace, unnest(array['yunfab_runtime', 'yunfab_system', 'yunfab_ingest']) as role
        where nspname !~ '^pg_' and has_schema_privilege(role, nspname, 'CREATE')`),
    ).toEqual([]);
  });

  it('keeps visible_to and the secrets from every reader', async () => {
    for (const column of [
      ['core.record', 'visible_to'],
      ['core.event', 'audience'],
      ['core.api_key', 'hash'],
      ['core.device_credential', 'hash'],
      ['core.person', 'signin_user'],
    ]) {
      const { rows } = await db.owner.pool.query(`select has_column_privilege('yunfab_runtime', $1, $2, 'SELECT') as readable`, column);
      expect(rows, column.join('.')).toEqual([{ readable: false }]);
    }
    await expect(asOrganization(db, theirs, (scope) => sql`select visible_to from core.record`.execute(scope.tx))).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('has no function that runs as its owner for PUBLIC, but the one that every policy asks', async () => {
    expect(
      await catalog(`select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema') and has_function_privilege('public', p.oid, 'EXECUTE')
        and p.prorettype <> 'trigger'::regtype`),
    ).toEqual(['core.organization()']);
  });

  it('fixes the search path of every function that runs as its owner', async () => {
    expect(
      await catalog(`select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')
        and not coalesce(p.proconfig::text like '%search_path=%', false)`),
    ).toEqual([]);
  });

  it('keeps uniqueness within an organization or a record: what one took says nothing to another', async () => {
    // Public: the register of organizations. Not guessable: hashes of tokens. Not told: an address is answered the same either way.
    const global = [
      'api_key_hash_key',
      'device_claim_hash_key',
      'floor_token_pkey',
      'organization_registry_code_key',
      'organization_registry_country_identifier_scheme_identifier_key',
    ];
    const people = ['person_email', 'person_signin_user_key'];
    // No request writes into them: contents come in by functions that answer all alike, days and months by the platform's own jobs.
    const unspoken = ['file_blob_pkey', 'supplier_score_run_pkey', 'usage_run_pkey'];
    expect(
      await catalog(`select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
        where ${tenantSchemas} and c.relname not in ${ledgers} and i.indisunique and not exists (
          select from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any (i.indkey) and a.atttypid in ('uuid'::regtype, 'boolean'::regtype))
        and not exists (select from pg_attribute a where a.attrelid = i.indrelid and a.attidentity <> '' and a.attnum = any (i.indkey)) order by 1`),
    ).toEqual([...global, ...people, ...unspoken].map((name) => `core.${name}`).sort());
  });

  it('has no view that runs as its owner, no materialized view, and no GIN index over visible_to', async () => {
    expect(
      await catalog(`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname not in ('pg_catalog', 'information_schema')
        and (c.relkind = 'm' or (c.relkind = 'v' and not coalesce(c.reloptions::text like '%security_invoker=true%', false)))`),
    ).toEqual([]);
    expect(await catalog(`select indexname as name from pg_indexes where indexdef like '%visible_to%'`)).toEqual([]);
  });
});

describe('an existence oracle', () => {
  const fails = async (work: (scope: Parameters<Parameters<typeof asOrganization>[2]>[0]) => Promise<unknown>) => {
    try {
      await asOrganization(db, ours, work);
      return 'accepted';
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      return `${code} ${message}`;
    }
  };
  const absent = newId<'record'>();

  it('does not speak through a party or a grant on a hidden record', async () => {
    for (const insert of [
      (record: RecordId) => sql`insert into core.party (record_id, organization, role) values (${record}, ${ours.id}, 'buyer')`,
      (record: RecordId) => sql`insert into core.grant_given (id, record_id, organization, granted_by, reason, created_at)
        values (gen_random_uuid(), ${record}, ${ours.id}, ${ours.id}, 'let me in', now())`,
      (record: RecordId) =>
        sql`insert into core.party (record_id, organization, role) values (${record}, ${theirs.id}, 'buyer') on conflict do nothing`,
    ]) {
      const about = (record: RecordId) => fails((scope) => insert(record).execute(scope.tx));
      expect(await about(hidden)).toMatch(/^42501/);
      expect(await about(hidden)).toBe(await about(absent));
    }
  });

  it('does not speak through an event, a timeline or a command', async () => {
    const append = (record: RecordId) =>
      fails((scope) =>
        sql`select core.append_event(gen_random_uuid(), 'a.b', ${record}, false, '{}', 'system', 'x', 'x', now())`.execute(scope.tx),
      );
    expect(await append(hidden)).toBe(await append(absent));
    const begin = async (record: RecordId) =>
      asOrganization(
        db,
        ours,
        async (scope) => (await sql`select * from core.begin_command('p', ${newId()}, '\\x00', ${record}, now())`.execute(scope.tx)).rows,
      );
    expect(await begin(hidden)).toEqual(await begin(absent));
  });

  it('does not speak through an update or a delete of hidden rows, nor an insert that returns', async () => {
    const count = async (statement: ReturnType<typeof sql>) =>
      asOrganization(db, ours, async (scope) => (await statement.execute(scope.tx)).numAffectedRows ?? 0n).catch(
        (error: { code: string }) => error.code,
      );
    expect(await count(sql`update core.record set kind = 'lot' where id = ${hidden}`)).toBe('42501');
    expect(await count(sql`delete from core.party where record_id = ${hidden}`)).toBe('42501');
    expect(
      await count(
        sql`insert into core.record (id, kind, created_by, visible_to) values (gen_random_uuid(), 'order', ${theirs.id}, array[${theirs.id}]::uuid[]) returning id`,
      ),
    ).toBe('42501');
    expect(
      await count(
        sql`insert into core.record (id, kind, created_by, visible_to) values (gen_random_uuid(), 'order', ${ours.id}, array[${theirs.id}]::uuid[]) returning id`,
      ),
    ).toBe('42501');
  });
});
