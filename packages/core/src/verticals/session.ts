import { CompiledQuery } from 'kysely';
import type { Handle, Scope } from '../database/index.js';
import { isYunfabError } from '../errors/index.js';
import { dmlHandle } from './dml.js';
import { verticalErrors } from './errors.js';
import { roleOf, schemaOf } from './names.js';

/** The turns of a vertical and of core on the one connection of a transaction. */
export interface VerticalSession {
  /** Runs as the vertical's role, in its schema. */
  readonly db: Handle;
  /** Waits for the vertical's statement under way, restores the role, and lets nothing of the vertical run until `work` is done. */
  asCore<Result>(work: () => Promise<Result>): Promise<Result>;
}

/**
 * Runs a vertical's code in the transaction of `scope`. Statements take turns; the role is switched only between them and
 * is runtime's again when this returns. A statement that failed fails the call even when the vertical swallowed the error:
 * PostgreSQL has given up the transaction by then.
 */
export async function inVertical<Result>(
  vertical: string,
  scope: Scope,
  work: (session: VerticalSession) => Promise<Result>,
): Promise<Result> {
  let asVertical = false;
  let ended = false;
  let failure: { readonly error: unknown } | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const inTurn = <Value>(act: () => Promise<Value>): Promise<Value> => {
    const mine = turn.then(act);
    turn = mine.catch(() => {});
    return mine;
  };
  const become = async (wanted: 'vertical' | 'runtime') => {
    if (asVertical === (wanted === 'vertical')) return;
    await scope.tx.executeQuery(CompiledQuery.raw(`set local role ${wanted === 'vertical' ? roleOf(vertical) : 'none'}`));
    asVertical = wanted === 'vertical';
  };
  const noting = async <Value>(act: () => Promise<Value>): Promise<Value> => {
    try {
      return await act();
    } catch (error) {
      // What core refuses in its own words leaves the transaction whole, and the vertical may go on.
      if (!isYunfabError(error)) failure ??= { error };
      throw error;
    }
  };

  const db = dmlHandle({ vertical, schema: schemaOf(vertical) }, (query) =>
    inTurn(() => {
      if (ended) throw verticalErrors.call_ended({ vertical });
      return noting(async () => {
        await become('vertical');
        return scope.tx.executeQuery(query);
      });
    }),
  );
  const asCore: VerticalSession['asCore'] = (act) =>
    inTurn(async () => {
      if (ended) throw verticalErrors.call_ended({ vertical });
      return noting(async () => {
        await become('runtime');
        return act();
      });
    });

  let result: Result;
  try {
    result = await work({ db, asCore });
  } finally {
    await inTurn(async () => {
      ended = true;
    });
  }
  const broken = failure as { readonly error: unknown } | null;
  if (broken) throw broken.error;
  await become('runtime');
  return result;
}
