import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@yunfab/core/database';

const prefix = 'yunfab-test-';

/**
 * Every run of vitest gets an embedded PostgreSQL of its own in a temporary folder, so runs side by side never meet;
 * YUNFAB_TEST_SUPERUSER_URL names a server instead. `createTestDatabase()` clones its databases there.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['YUNFAB_TEST_SUPERUSER_URL']) return undefined;
  removeLeaked();
  const dataDir = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  // Root's PostgreSQL runs as another user, who has to pass through.
  chmodSync(dataDir, 0o711);
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  process.env['YUNFAB_TEST_SUPERUSER_URL'] = server.superuserUrl;
  return async () => {
    await server.stop();
    for (const folder of [server.home, dataDir]) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}

/** A run that was killed could not remove its folder; its PostgreSQL has stopped by itself. */
function removeLeaked(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(prefix) ? name.slice(prefix.length).split('-')[0] : Number.NaN);
    if (!Number.isSafeInteger(pid) || isAlive(pid)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's: theirs to remove.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
