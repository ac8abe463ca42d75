import { CompiledQuery } from 'kysely';
import type { Connection, Handle } from './connection.js';
import type { OrganizationId } from './ids.js';

/** Who acts: a person at the console, a program by its key, a device, or the platform itself. */
export interface ActorRef {
  readonly kind: 'person' | 'key' | 'device' | 'system';
  readonly id: string;
  /** Shown to people beside what was done. */
  readonly label: string;
}

/** One transaction on behalf of one organization: every row read or written in it is seen through that organization. */
export interface Scope {
  readonly tx: Handle;
  readonly organization: OrganizationId;
  readonly actor: ActorRef;
  /** The instant of the whole transaction. */
  readonly now: Date;
  /** Done once this is committed, before its caller is answered, and never when it is not. What it does must not reject. */
  readonly afterCommit: (work: () => Promise<void>) => void;
}

export interface ScopeOptions {
  readonly organization: OrganizationId;
  readonly actor: ActorRef;
  readonly now: Date;
  readonly readOnly?: boolean;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The only way to the tenant tables: begin, enter the organization (sealed for this transaction), work, commit.
 * Rolls back when `work` throws. Begin and enter travel together, so a scope costs two round trips beside its work.
 */
export async function inScope<Result>(
  connection: Connection,
  options: ScopeOptions,
  work: (scope: Scope) => Promise<Result>,
): Promise<Result> {
  const { organization, actor, now } = options;
  if (!uuid.test(organization)) throw new TypeError(`not an organization id: ${organization}`);
  const begin = `begin${options.readOnly ? ' read only' : ''}; select core.enter('${organization}')`;
  const later: (() => Promise<void>)[] = [];
  const afterCommit = (work: () => Promise<void>) => void later.push(work);
  const result = await connection.handle.connection().execute(async (tx) => {
    try {
      await tx.executeQuery(CompiledQuery.raw(begin));
      const result = await work({ tx, organization, actor, now, afterCommit });
      await tx.executeQuery(CompiledQuery.raw('commit'));
      return result;
    } catch (error) {
      // A broken connection cannot roll back; the server has done so, and the first error is the one to tell.
      await tx.executeQuery(CompiledQuery.raw('rollback')).catch(() => {});
      throw error;
    }
  });
  for (const work of later) await work();
  return result;
}
