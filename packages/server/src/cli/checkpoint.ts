import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '@yunfab/core/database';
import { type Checkpoint, type SignedCheckpoint, signHeads, verifyCheckpoint } from '@yunfab/core/events';

/** What `audit checkpoint` prints: to be kept elsewhere, together with the key that proves who signed. */
export interface CheckpointFile {
  /** SPKI in PEM. */
  readonly publicKey: string;
  readonly checkpoints: readonly SignedCheckpoint[];
}

export async function writeCheckpoint(system: Connection, dataDir: string): Promise<CheckpointFile> {
  const privateKey = signingKey(dataDir);
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  return { publicKey, checkpoints: await signHeads(system, { privateKey, at: new Date() }) };
}

/** Throws `events.checkpoint_invalid` when a signature does not hold. */
export function readCheckpoint(text: string): Checkpoint[] {
  const file = JSON.parse(text) as CheckpointFile;
  const publicKey = createPublicKey(file.publicKey);
  return file.checkpoints.map(({ token }) => verifyCheckpoint(token, publicKey));
}

/** Ed25519, made once for each data folder. */
function signingKey(dataDir: string): KeyObject {
  const path = join(dataDir, 'audit-key.pem');
  try {
    return createPrivateKey(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const { privateKey } = generateKeyPairSync('ed25519');
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  return privateKey;
}
