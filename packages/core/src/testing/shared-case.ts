import type { SharedWorldPorts } from './shared-world.js';
import type { VisibilityMatrix } from './visibility-matrix.js';

interface Identified {
  readonly id: string;
}

/** A case that the party reported on a lot of the buyer's own making, which the buyer let it see. */
export async function createSharedCase({
  invoke,
  codes,
  mark,
}: Pick<SharedWorldPorts, 'invoke'> & { readonly codes: { readonly party: string }; readonly mark: string }): Promise<{
  readonly record: string;
  readonly probes: VisibilityMatrix['probes'];
}> {
  const quantity = { value: '5', unit: 'H87' };
  const { id: lot } = await invoke<Identified>('buyer', 'lifecycle.lots.register', { code: `MADE-${mark}`, quantity });
  const grant = { record: lot, organization: codes.party, reason: `claim ${mark}`, expiresAt: '2099-01-01T00:00:00Z' };
  await invoke('buyer', 'access.grants.give', grant);
  const report = { thing: lot, kind: 'failure', symptom: `it stopped, ${mark}`, evidence: [{ kind: 'lot', id: lot }] };
  const { id: record } = await invoke<Identified>('party', 'service.cases.open', report);
  const onCase = { case: record, version: 99 };
  const about = { ids: [record] };
  return {
    record,
    probes: {
      'service.cases.open': { input: { thing: lot, kind: 'failure', symptom: 'x' }, ids: [lot] },
      'service.cases.accept': { input: onCase, ...about },
      'service.cases.start': { input: onCase, ...about },
      'service.cases.resolve': { input: { ...onCase, cause: 'x', resolution: 'x' }, ...about },
      'service.cases.reject': { input: { ...onCase, reason: 'x' }, ...about },
      'service.cases.reopen': { input: { ...onCase, reason: 'x' }, ...about },
      'service.cases.close': { input: onCase, ...about },
      'service.cases.addEvidence': { input: { case: record, kind: 'lot', id: lot }, ids: [record] },
      'service.cases.recordWork': { input: { case: record, activity: { kind: 'inspected', inputs: [{ thing: lot }] } }, ids: [record] },
      'service.cases.get': { input: { case: record }, ...about, granted: true },
      'service.cases.list': { input: {} },
    },
  };
}
