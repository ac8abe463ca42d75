import type { Actor } from '../access/index.js';
import type { Database, Scope } from '../database/index.js';

/** Gives the present instant; tests give their own. */
export type Clock = () => Date;

/** What every procedure receives, whatever carried the request here. */
export interface RequestContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly requestId: string;
  readonly actor: Actor | null;
  readonly idempotencyKey: string | null;
  /** Told after each committed command: wakes the sequencer of this process. */
  readonly onCommitted?: (() => void) | undefined;
}

/** What a procedure's work receives: one transaction of the actor's organization. */
export interface CommandScope extends Scope {
  readonly actor: Actor;
  readonly requestId: string;
}
