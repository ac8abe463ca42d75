import type { Clock } from '../../commands/index.js';
import { type ActorRef, type Database, inScope } from '../../database/index.js';
import { startRegularWork, type WorkerLog } from '../../events/index.js';
import { organizationsThatRegister, registrableSignals } from './repository.js';
import { acceptSignal, kindOf } from './service.js';

export interface SignalRegistrationOptions {
  readonly database: Pick<Database, 'runtime' | 'system'>;
  readonly clock: Clock;
  readonly everyMs?: number;
  readonly log?: WorkerLog;
}

const actor: ActorRef = { kind: 'system', id: 'equipment', label: 'Yunfab' };
const atOnce = 100;

/**
 * Accepts the quarantined signals of equipment for which somebody has switched that on, with the kind of their first value and
 * no unit. What had come before is replayed, so nothing is lost by the moments in between. Returns how many.
 */
export async function registerSignals({ database, clock }: SignalRegistrationOptions): Promise<number> {
  let registered = 0;
  for (const organization of await organizationsThatRegister(database.system)) {
    registered += await inScope(database.runtime, { organization, actor, now: clock() }, async (scope) => {
      const signals = await registrableSignals(scope, atOnce);
      for (const { id, value } of signals) {
        const kind = kindOf(value);
        if (kind !== null) await acceptSignal(scope, { entry: id, unit: kind === 'number' ? '1' : '', kind });
      }
      return signals.length;
    });
  }
  return registered;
}

export function startSignalRegistration({ everyMs = 1_000, ...options }: SignalRegistrationOptions): { stop(): Promise<void> } {
  const failure = 'new signals could not be registered and are tried again';
  return startRegularWork({ work: () => registerSignals(options), everyMs, log: options.log, failure });
}
