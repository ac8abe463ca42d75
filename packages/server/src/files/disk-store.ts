import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from '@yunfab/core/files';

/**
 * Contents under `<folder>/ab/cd/abcd…`, each a file that appears whole. The received file has to lie on the same volume:
 * it is renamed into its place.
 */
export function createDiskStore(folder: string): FileStore {
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);

  return {
    place: folder,

    async put({ sha256, path }) {
      const place = pathOf(sha256);
      await makeDurableFolder(dirname(place), folder);
      await rename(path, place);
      await syncFolder(dirname(place));
    },

    async open(sha256, range) {
      const handle = await open(pathOf(sha256)).catch(nullIfAbsent);
      return handle && handle.createReadStream(range);
    },

    async sizeOf(sha256) {
      return (await stat(pathOf(sha256)).catch(nullIfAbsent))?.size ?? null;
    },

    async remove(sha256) {
      await rm(pathOf(sha256), { force: true });
    },

    async check() {
      await mkdir(folder, { recursive: true });
      const probe = join(folder, `check-${randomUUID()}`);
      const handle = await open(probe, 'wx');
      try {
        await handle.writeFile('yunfab');
        await handle.sync();
      } finally {
        await handle.close();
        await rm(probe, { force: true });
      }
    },
  };
}

function nullIfAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** A new folder is durable when the one that names it is. */
async function makeDurableFolder(folder: string, root: string): Promise<void> {
  if (!(await mkdir(folder, { recursive: true }))) return;
  for (let each = dirname(folder); each.startsWith(root); each = dirname(each)) await syncFolder(each);
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; there the rename itself is journaled.
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
