import type { SharedWorldPorts } from './shared-world.js';
import type { VisibilityMatrix } from './visibility-matrix.js';

interface Identified {
  readonly id: string;
}

/** What the party knows of a lot of its own: a unit, how it is called and what befell it; `records` are what it may let others read. */
export async function createSharedLifecycle({
  invoke,
  lot,
  mark,
}: Pick<SharedWorldPorts, 'invoke'> & { readonly lot: string; readonly mark: string }): Promise<{
  readonly records: readonly string[];
  readonly probes: VisibilityMatrix['probes'];
}> {
  const own = <Output>(procedure: string, input: object) => invoke<Output>('party', procedure, input);
  const making = { lot, serials: [`SN-${mark}`], itemCode: `IT-${mark}` };
  const unit = (await own<{ units: Identified[] }>('lifecycle.units.make', making)).units[0]?.id ?? '';
  const naming = { thing: unit, scheme: 'sgtin', value: `SG-${mark}` };
  const identifier = (await own<{ identifiers: Identified[] }>('lifecycle.identifiers.assign', naming)).identifiers[0]?.id ?? '';
  const inspection = { kind: 'inspected', inputs: [{ thing: unit }], note: `seen ${mark}` };
  const { id: activity } = await own<Identified>('lifecycle.activities.record', inspection);
  // A stranger has a lot of its own, and so a place from which to name what is hidden.
  const quantity = { value: '5', unit: 'H87' };
  const { id: theirs } = await invoke<Identified>('unrelated', 'lifecycle.lots.register', { code: 'LOT-other', quantity });

  const aboutLot = { ids: [lot] };
  const aboutUnit = { ids: [unit] };
  const read = { granted: true };
  return {
    records: [unit, activity],
    probes: {
      'lifecycle.lots.contents': { input: { lot }, ...aboutLot, ...read },
      'lifecycle.lots.split': { input: { lot, version: 99, parts: [{ quantity: '1' }] }, ...aboutLot, ...read },
      'lifecycle.lots.merge': {
        input: {
          lots: [
            { lot, version: 99 },
            { lot: theirs, version: 99 },
          ],
        },
        ...aboutLot,
        strangersOnly: true,
      },
      'lifecycle.units.make': { input: { lot, serials: ['SN-2'] }, ...aboutLot },
      'lifecycle.units.get': { input: { unit }, ...aboutUnit, ...read },
      'lifecycle.units.list': { input: {} },
      'lifecycle.units.list (of a lot)': { input: { lot }, ...aboutLot, ...read },
      'lifecycle.identify': { input: { value: `SN-${mark}` } },
      'lifecycle.identify (by an identifier)': { input: { value: naming.value, scheme: naming.scheme } },
      'lifecycle.identifiers.assign': { input: { thing: unit, scheme: 'own', value: 'mine' }, ...aboutUnit, ...read },
      'lifecycle.identifiers.withdraw': { input: { thing: unit, identifier }, ids: [unit, identifier] },
      'lifecycle.activities.record': { input: { kind: 'used', inputs: [{ thing: unit }] }, ...aboutUnit, ...read },
      'lifecycle.activities.record (of a lot)': {
        input: { kind: 'used', inputs: [{ thing: lot, quantity: '1' }] },
        ...aboutLot,
        ...read,
      },
      'lifecycle.activities.record (into one’s own)': {
        input: { kind: 'made', inputs: [{ thing: unit }], outputs: [{ thing: theirs }] },
        ...aboutUnit,
        strangersOnly: true,
      },
      'lifecycle.activities.get': { input: { activity }, ids: [activity], ...read },
      'lifecycle.activities.list': { input: {} },
      'lifecycle.activities.list (of a unit)': { input: { thing: unit }, ...aboutUnit, ...read },
      'lifecycle.trace': { input: { thing: unit }, ...aboutUnit, ...read },
      'lifecycle.trace (of a lot)': { input: { thing: lot }, ...aboutLot, ...read },
      'lifecycle.reach': { input: { thing: lot, direction: 'forward' }, ...aboutLot, ...read },
    },
  };
}
