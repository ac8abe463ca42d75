import { type Actor, organizationIdOf, platformOperator } from '@yunfab/core/access';
import { createCallerFactory } from '@yunfab/core/commands';
import { newId } from '@yunfab/core/database';
import type { Reach } from './reach.js';

/** Calls a procedure for an organization as the platform's operator, with all that a request brings: idempotency, events. */
export async function callFor({ owner, database, core }: Reach, code: string, procedure: string, input: unknown): Promise<unknown> {
  const organization = await organizationIdOf(owner, code);
  const actor: Actor = {
    ...platformOperator,
    organization,
    organizationCode: code,
    organizationName: { en: code, zh: code },
    timeZone: 'UTC',
    credential: { kind: 'session', id: platformOperator.id },
  };
  const caller = createCallerFactory(core.router as never)({
    database,
    clock: () => new Date(),
    requestId: newId(),
    actor,
    idempotencyKey: newId(),
  });
  const target = procedure.split('.').reduce((at: unknown, part) => (at as Record<string, unknown>)[part], caller);
  return (target as (input: unknown) => Promise<unknown>)(input);
}
