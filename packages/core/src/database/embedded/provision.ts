import { connect, type DatabaseUrls } from '../connection.js';
import { createDatabase, createRoles, createSchemas } from '../provision.js';
import { roles } from '../roles.js';
import { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from './start.js';

const databaseName = 'yunfab';

/** The embedded server with the platform's roles, database and schemas in it; migrations are the caller's next step. */
export interface ProvisionedDatabase extends EmbeddedPostgres {
  readonly urls: Required<DatabaseUrls>;
}

/** Starts the embedded PostgreSQL and makes what is missing of roles, database and schemas. Idempotent, so an interrupted first start is simply completed. */
export async function provisionEmbedded(options: EmbeddedOptions): Promise<ProvisionedDatabase> {
  const server = await startEmbeddedPostgres(options);
  try {
    const urls = urlsOf(server);
    await provision(server, urls);
    return { ...server, urls };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function provision({ superuserUrl, secrets }: EmbeddedPostgres, urls: Required<DatabaseUrls>): Promise<void> {
  const superuser = connect(superuserUrl, { max: 1, name: 'yunfab provision' });
  try {
    await createRoles(superuser, secrets);
    const { rowCount } = await superuser.pool.query('select from pg_database where datname = $1', [databaseName]);
    if (!rowCount) await createDatabase(superuser, databaseName);
  } finally {
    await superuser.close();
  }
  const owner = connect(urls.owner, { max: 1, name: 'yunfab provision' });
  try {
    await createSchemas(owner);
  } finally {
    await owner.close();
  }
}

function urlsOf({ port, secrets }: EmbeddedPostgres): Required<DatabaseUrls> {
  const urlOf = (role: keyof typeof roles) => `postgres://${roles[role]}:${secrets[role]}@127.0.0.1:${port}/${databaseName}`;
  return { runtime: urlOf('runtime'), system: urlOf('system'), ingest: urlOf('ingest'), owner: urlOf('owner') };
}
