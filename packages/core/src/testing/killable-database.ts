import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabase, connect, migrate, openDatabase, provisionEmbedded } from '../database/index.js';
import { coreMigrations } from '../migrations.js';
import type { TestDatabase } from './test-database.js';

/** A durable embedded PostgreSQL of a test's own, as the platform runs it, that can be killed and comes back by itself. */
export interface KillableDatabase extends TestDatabase {
  /** SIGKILL to PostgreSQL; its processes end with it. */
  kill(): void;
}

export async function startKillableDatabase(): Promise<KillableDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yunfab-killable-'));
  const server = await provisionEmbedded({ dataDir });
  const owner = connect(server.urls.owner, { max: 2 });
  await migrate(owner.handle, 'core', coreMigrations);
  const database = openDatabase(server.urls);
  return {
    urls: server.urls,
    database,
    owner,
    kill() {
      const [pid] = readFileSync(join(server.home, 'cluster', 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGKILL');
    },
    async close() {
      await closeDatabase(database);
      await owner.close();
      await server.stop();
      rmSync(server.home, { recursive: true, force: true });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
