import { join } from 'node:path';
import type { FileStore } from '@yunfab/core/files';
import { type Config, configErrors } from '../config/index.js';
import { createDiskStore } from './disk-store.js';
import { createS3Store } from './s3-store.js';

/** The store that the configuration names. */
export function fileStoreOf({ files, dataDir }: Pick<Config, 'files' | 'dataDir'>): FileStore {
  return files.s3 ? createS3Store(files.s3) : createDiskStore(join(dataDir, 'files'));
}

export const incomingFolderOf = ({ dataDir }: Pick<Config, 'dataDir'>) => join(dataDir, 'files', 'incoming');

/** Throws `config.file_store_unusable` when nothing can be written there. */
export async function assertUsable(store: FileStore): Promise<void> {
  await store.check().catch((error: unknown) => {
    throw configErrors.file_store_unusable({ place: store.place, problem: error instanceof Error ? error.message : String(error) }, error);
  });
}
