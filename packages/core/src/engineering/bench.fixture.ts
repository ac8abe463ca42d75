import { createCallerFactory, router } from '../commands/index.js';
import { type TestDatabase, type TestOrganization, testContext } from '../testing/index.js';
import { createEngineeringRouter, createEngineeringService, type EngineeringPorts } from './index.js';

const inBoth = (name: string) => ({ en: name, zh: name });

/** Engineering as composition wires it, over a test database. */
export function createBench(db: TestDatabase, ports: Partial<EngineeringPorts> = {}) {
  const createCaller = createCallerFactory(router({ engineering: createEngineeringRouter(createEngineeringService(ports)) }));
  const as = (who: TestOrganization, idempotencyKey?: string) =>
    createCaller(testContext(db, who, idempotencyKey ? { idempotencyKey } : {})).engineering;
  return {
    as,

    async item(who: TestOrganization, number: string, unit: 'H87' | 'KGM' = 'H87'): Promise<string> {
      return (await as(who).items.create({ number, kind: 'part', name: inBoth(number), unit })).id;
    },

    /** A revision of the item made of these components, `[item, quantity]` in the order of their positions. */
    async revision(who: TestOrganization, item: string, label: string, components: readonly (readonly [string, string])[] = []) {
      const lines = components.map(([component, value], index) => ({
        position: (index + 1) * 10,
        item: component,
        quantity: { value, unit: 'H87' as const },
      }));
      return as(who).revisions.create({ item, label, lines });
    },
  };
}
export type Bench = ReturnType<typeof createBench>;
