import { createHash } from 'node:crypto';
import { askWithin, type Connection } from '@yunfab/core/database';
import { parseUsername } from '../topics.js';

/** A device that has shown its token. */
export interface Identity {
  /** `{organization}/{device}`: user name, client id and topic prefix at once. */
  readonly name: string;
  readonly credential: string;
}

export interface Credentials {
  /** Null when the token does not open the door; rejects when the database cannot be asked. */
  check(username: string, token: Buffer): Promise<Identity | null>;
  /** Which of these credentials have been revoked since. */
  revoked(credentials: readonly string[]): Promise<Set<string>>;
}

/** Revocation must hold within a second, so an answer is believed for less than half of that. */
const believedForMs = 400;
const mostAnswers = 10_000;
/** Who does not answer by then is asked again over another connection. */
const askMs = 5_000;

export function createCredentials(connection: Connection): Credentials {
  const answers = new Map<string, { readonly identity: Promise<Identity | null>; readonly until: number }>();

  async function ask(name: string, parsed: { organization: string; device: string }, hash: Buffer): Promise<Identity | null> {
    const [row] = await askWithin<{ id: string }>(connection, askMs, {
      name: 'find_device_credential',
      text: 'select id from core.find_device_credential($1, $2, $3)',
      values: [parsed.organization, parsed.device, hash],
    });
    return row ? { name, credential: row.id } : null;
  }

  return {
    async check(username, token) {
      // What is no name is not remembered: a stranger's may be as long as it likes.
      const parsed = parseUsername(username);
      if (!parsed) return null;
      const hash = createHash('sha256').update(token).digest();
      const key = `${username} ${hash.toString('base64')}`;
      const known = answers.get(key);
      if (known && known.until > Date.now()) return known.identity;
      if (answers.size >= mostAnswers) answers.clear();
      const identity = ask(username, parsed, hash);
      answers.set(key, { identity, until: Date.now() + believedForMs });
      identity.catch(() => answers.delete(key));
      return identity;
    },
    async revoked(credentials) {
      const rows = await askWithin<{ id: string }>(connection, askMs, {
        name: 'dead_device_credentials',
        text: `select dead as id from core.dead_credentials('device', $1::uuid[]) as dead`,
        values: [credentials],
      });
      return new Set(rows.map((row) => row.id));
    },
  };
}
