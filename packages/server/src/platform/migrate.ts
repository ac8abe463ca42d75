import { coreMigrations } from '@yunfab/core';
import { type Connection, type Migrations, migrate } from '@yunfab/core/database';
import { makePartitionsAhead } from '@yunfab/core/equipment';
import { enableVertical, type LoadedVerticals, verticalSchema } from '@yunfab/core/verticals';
import { signinMigrations } from '../signin/index.js';

/** Brings every schema up to date as the owner: core's, the sign-in's, and those of the verticals. Returns what ran, by schema. */
export async function migrateAll(owner: Connection, verticals: LoadedVerticals): Promise<Readonly<Record<string, readonly string[]>>> {
  const ran: Record<string, readonly string[]> = {
    core: await migrate(owner.handle, 'core', coreMigrations),
    signin: await migrate(owner.handle, 'signin', signinMigrations),
  };
  await makePartitionsAhead(owner, new Date());
  for (const loaded of verticals) ran[verticalSchema(loaded.vertical.id)] = await enableVertical(owner, loaded);
  return ran;
}

/** What has to have run before this process may serve, by schema. */
export function expectedMigrations(verticals: LoadedVerticals): Readonly<Record<string, Migrations>> {
  return {
    core: coreMigrations,
    signin: signinMigrations,
    ...Object.fromEntries(verticals.map(({ vertical }) => [verticalSchema(vertical.id), vertical.migrations ?? {}])),
  };
}
