import { type KeyObject, sign, verify } from 'node:crypto';
import { sql } from 'kysely';
import type { Connection, OrganizationId } from '../database/index.js';
import { eventsErrors } from './errors.js';

/** Where an organization's chain stood at an instant. Kept outside the database it betrays a chain that was cut or rewritten. */
export interface Checkpoint {
  readonly organization: OrganizationId;
  readonly seq: number;
  /** Hash of the block that ends at `seq`, in hex. */
  readonly hash: string;
  readonly at: string;
}

export interface SignedCheckpoint extends Checkpoint {
  /** JWS compact serialisation (RFC 7515) with EdDSA over Ed25519 (RFC 8037). */
  readonly token: string;
}

const header = encode({ alg: 'EdDSA', typ: 'yunfab-checkpoint+jwt' });

/** Signs the present head of every chain with an Ed25519 private key; one token for each, so that none tells of another. */
export async function signHeads(system: Connection, { privateKey, at }: { privateKey: KeyObject; at: Date }): Promise<SignedCheckpoint[]> {
  const { rows } = await sql<{ organization: OrganizationId; seq: number; hash: string }>`
    select organization, seq, encode(hash, 'hex') as hash from core.feed_head order by organization`.execute(system.handle);
  return rows.map((head) => {
    const checkpoint: Checkpoint = { ...head, at: at.toISOString() };
    const signed = `${header}.${encode(checkpoint)}`;
    return { ...checkpoint, token: `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}` };
  });
}

/** What a token says; throws `events.checkpoint_invalid` unless the key signed exactly this. */
export function verifyCheckpoint(token: string, publicKey: KeyObject): Checkpoint {
  const [head, payload, signature, ...rest] = token.split('.');
  const genuine =
    head === header &&
    payload !== undefined &&
    signature !== undefined &&
    rest.length === 0 &&
    verify(null, Buffer.from(`${head}.${payload}`), publicKey, Buffer.from(signature, 'base64url'));
  if (!genuine) throw eventsErrors.checkpoint_invalid();
  // The signature was made by signHeads over exactly this shape.
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Checkpoint;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
