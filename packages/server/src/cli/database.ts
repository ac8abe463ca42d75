import { connect, createDatabase, createRoles, createSchemas, roles } from '@yunfab/core/database';
import type { Command } from 'commander';
import { configErrors, ownerUrl } from '../config/index.js';
import { withOwner } from '../platform/database.js';
import { migrateAll } from '../platform/migrate.js';
import { platformVersion } from '../platform/version.js';
import { importVerticals } from '../platform/verticals.js';
import { command, group } from './command.js';
import { withReach } from './reach.js';

export const migrateCommand: Command = command('migrate', 'bring the schema up to date, as YUNFAB_DATABASE_OWNER_URL', async (config) => {
  const verticals = await importVerticals(config.verticals, platformVersion);
  const ran =
    config.database.kind === 'server'
      ? await withOwner(ownerUrl(config), (owner) => migrateAll(owner, verticals))
      : await withReach(config, ({ owner }) => migrateAll(owner, verticals));
  const names = Object.entries(ran).flatMap(([schema, all]) => all.map((name) => `${schema}: ${name}`));
  return { data: ran, text: names.length > 0 ? names.join('\n') : 'nothing to do: the schema is up to date' };
});

const init = command('init', 'make the four roles, the database and its schemas on a PostgreSQL server', async (config, options) => {
  const superuserUrl = String(options['superuserUrl'] ?? '');
  if (config.database.kind !== 'server')
    throw configErrors.invalid({
      name: 'YUNFAB_DATABASE_URL',
      value: '',
      problem: 'it is needed: the server, database, user yunfab_runtime and password that the platform shall use',
    });
  const { urls } = config.database;
  const owner = new URL(ownerUrl(config));
  const name = decodeURIComponent(owner.pathname.slice(1)) || 'yunfab';
  const superuser = connect(superuserUrl, { max: 1, name: 'yunfab db init' });
  try {
    await createRoles(superuser, {
      owner: passwordOf(owner),
      runtime: passwordOf(urls.runtime),
      system: passwordOf(urls.system),
      ingest: passwordOf(urls.ingest),
    });
    const { rowCount } = await superuser.pool.query('select from pg_database where datname = $1', [name]);
    if (!rowCount) await createDatabase(superuser, name);
  } finally {
    await superuser.close();
  }
  await withOwner(owner.toString(), createSchemas);
  return {
    data: { database: name, roles: Object.values(roles) },
    text: `database ${name} with ${Object.values(roles).join(', ')}; next: yunfab migrate`,
  };
}).requiredOption('--superuser-url <url>', 'a role that may make roles and databases; used for this command only');

/** The roles get the passwords that stand in the environment, so that what was configured works. */
function passwordOf(url: string | URL): string {
  return decodeURIComponent(new URL(url).password) || 'unused';
}

export const databaseCommands: Command = group('db', 'the PostgreSQL server', init);
