import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Connection, connect, type DatabaseUrls, provisionEmbedded } from '@yunfab/core/database';
import { isYunfabError } from '@yunfab/core/errors';
import type { Config } from '../config/index.js';

/** Where the platform's database is, and what of it this process must end. */
export interface PlatformDatabase {
  readonly urls: DatabaseUrls;
  /** True when this process runs the embedded server. */
  readonly ours: boolean;
  /** Tells whoever starts on the same data folder where this one serves. */
  announce(url: string): void;
  stop(): Promise<void>;
}

/** The running platform leaves its URLs here, so that `yunfab key create` and the like can work beside it. */
const urlsFile = (dataDir: string) => join(dataDir, 'database.json');

/** Starts the embedded PostgreSQL, or names the server. Throws `embedded.in_use` when another process has the data folder. */
export async function openDatabaseServer(config: Config, say: (message: string) => void): Promise<PlatformDatabase> {
  if (config.database.kind === 'server') return { urls: config.database.urls, ours: false, announce() {}, async stop() {} };
  mkdirSync(config.dataDir, { recursive: true });
  const server = await provisionEmbedded({ dataDir: config.dataDir, log: say });
  writeFileSync(urlsFile(config.dataDir), JSON.stringify(server.urls), { mode: 0o600 });
  return {
    urls: server.urls,
    ours: true,
    announce: server.announce,
    async stop() {
      rmSync(urlsFile(config.dataDir), { force: true });
      await server.stop();
    },
  };
}

/** For commands: the database of a platform that may be running in another process, else started for the moment. */
export async function reachDatabase(config: Config): Promise<PlatformDatabase> {
  try {
    return await openDatabaseServer(config, () => {});
  } catch (error) {
    if (!isYunfabError(error) || error.code !== 'embedded.in_use') throw error;
    const urls = readUrls(config.dataDir);
    if (!urls) throw error;
    return { urls, ours: false, announce() {}, async stop() {} };
  }
}

function readUrls(dataDir: string): DatabaseUrls | null {
  try {
    return JSON.parse(readFileSync(urlsFile(dataDir), 'utf8')) as DatabaseUrls;
  } catch {
    return null;
  }
}

/** Runs `work` with the owner's connection and closes it. */
export async function withOwner<Result>(ownerUrl: string, work: (owner: Connection) => Promise<Result>): Promise<Result> {
  const owner = connect(ownerUrl, { max: 2, name: 'yunfab owner' });
  try {
    return await work(owner);
  } finally {
    await owner.close();
  }
}
