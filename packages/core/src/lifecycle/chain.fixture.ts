import { createCallerFactory, router, toWireError } from '../commands/index.js';
import { type TestDatabase, type TestOrganization, testContext } from '../testing/index.js';
import { createLifecycleRouter, createLifecycleService, joinGates } from './index.js';

/** Lifecycle alone over a test database: no gate but its own, nobody who proves anything. */
export function createChain(db: TestDatabase) {
  const service = createLifecycleService({ gates: joinGates(), proofs: { proofs: async () => [] } });
  const createCaller = createCallerFactory(router({ lifecycle: createLifecycleRouter(service) }));
  const as = (who: TestOrganization) => createCaller(testContext(db, who)).lifecycle;
  let made = 0;

  /** A closed lot of `quantity` pieces of the organization's own. */
  async function lotOf(who: TestOrganization, quantity = '10', code = `LOT-${++made}`): Promise<string> {
    return (await as(who).lots.register({ code, quantity: { value: quantity, unit: 'H87' } })).id;
  }

  async function release(who: TestOrganization, lot: string): Promise<void> {
    const { version } = await as(who).lots.get({ lot });
    await as(who).lots.release({ lot, version });
  }

  async function unitsOf(who: TestOrganization, lot: string, serials: readonly string[]): Promise<string[]> {
    return (await as(who).units.make({ lot, serials: [...serials] })).units.map(({ id }) => id);
  }

  /** A released unit in a lot of one. */
  async function unitOf(who: TestOrganization, serial: string): Promise<string> {
    const lot = await lotOf(who, '1');
    const [unit = ''] = await unitsOf(who, lot, [serial]);
    await release(who, lot);
    return unit;
  }

  return { as, lotOf, release, unitsOf, unitOf };
}
export type Chain = ReturnType<typeof createChain>;

/** The code that a refused call answers with; `accepted` when it was not refused. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'accepted';
  } catch (error) {
    return toWireError(error, '').body.error.code;
  }
}
