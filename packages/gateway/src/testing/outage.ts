import { connect } from '@yunfab/core/database';
import type { Plant } from './plant.js';

export interface Outage {
  end(): Promise<void>;
}

/** Cuts every connection that the gateway has and lets no new one in, as if the server were gone. */
export async function startOutage(plant: Plant): Promise<Outage> {
  const superuser = connect(process.env['YUNFAB_TEST_SUPERUSER_URL'] as string, { max: 1 });
  const name = new URL(plant.db.urls.ingest).pathname.slice(1);
  const roles = ['yunfab_ingest', 'yunfab_system'];
  for (const role of roles)
    await superuser.pool.query(`alter role ${role} in database ${name} set session_preload_libraries = 'not_there'`);
  await superuser.pool.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = any ($2)', [
    name,
    roles,
  ]);
  return {
    async end() {
      for (const role of roles) await superuser.pool.query(`alter role ${role} in database ${name} reset session_preload_libraries`);
      await superuser.close();
    },
  };
}
