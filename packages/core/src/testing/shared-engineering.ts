import type { SharedWorldPorts } from './shared-world.js';
import type { VisibilityMatrix } from './visibility-matrix.js';

interface Identified {
  readonly id: string;
}

/** What the party designs: an item, a revision of it and an engineering change; `records` are what it may let others read. */
export async function createSharedEngineering({
  invoke,
  codes,
  mark,
}: Pick<SharedWorldPorts, 'invoke'> & { readonly codes: { readonly buyer: string }; readonly mark: string }): Promise<{
  readonly records: readonly string[];
  readonly secrets: readonly string[];
  readonly probes: VisibilityMatrix['probes'];
}> {
  const own = <Output>(procedure: string, input: object) => invoke<Output>('party', procedure, input);
  const named = (name: string) => ({ kind: 'part', name: { en: name, zh: name }, unit: 'H87' });
  const { id: item } = await own<Identified>('engineering.items.create', { number: `PART-${mark}`, ...named(`Part ${mark}`) });
  const { id: revision } = await own<Identified>('engineering.revisions.create', { item, label: 'A' });
  // A stranger has an item of its own, and so a place from which to name what is hidden.
  const { id: theirs } = await invoke<Identified>('unrelated', 'engineering.items.create', { number: 'PART-other', ...named('Part') });
  const component = { position: 1, item, quantity: { value: '1', unit: 'H87' } };

  const { id: change } = await own<Identified>('engineering.changes.draft', {
    number: `EC-${mark}`,
    title: `Change ${mark}`,
    reason: mark,
    affected: [{ revision, effect: 'release' }],
  });
  // The buyer of the world is asked about another; to the strangers of the matrix it is hidden.
  const second = await own<Identified>('engineering.revisions.create', { item, label: 'B' });
  const { id: asked } = await own<Identified>('engineering.changes.draft', {
    number: `EC2-${mark}`,
    title: mark,
    reason: mark,
    affected: [{ revision: second.id, effect: 'release' }],
  });
  const submitted = await own<{ requests: Identified[] }>('engineering.changes.submit', {
    change: asked,
    version: 1,
    partners: [{ organization: codes.buyer }],
  });
  const request = submitted.requests[0]?.id ?? '';

  const aboutItem = { ids: [item] };
  const aboutRevision = { ids: [revision] };
  const read = { granted: true };
  const fromOutside = { strangersOnly: true };
  const aboutChange = { ids: [change] };
  const onChange = { change, version: 99 };
  const onRevision = { revision, version: 99 };
  return {
    records: [item, revision, change],
    secrets: [second.id, asked, request],
    probes: {
      'engineering.items.get': { input: { item }, ...aboutItem, ...read },
      'engineering.items.list': { input: {} },
      'engineering.items.annotate': { input: { item, ownNumber: 'X-1' }, ...aboutItem },
      'engineering.items.whereUsed': { input: { item }, ...aboutItem, ...read },
      'engineering.revisions.create': { input: { item, label: 'A' }, ...aboutItem },
      'engineering.revisions.create (as a copy)': {
        input: { item: theirs, label: 'A', copyOf: revision },
        ...aboutRevision,
        ...fromOutside,
      },
      'engineering.revisions.create (with a component of another)': {
        input: { item: theirs, label: 'A', lines: [component] },
        ...aboutItem,
        ...fromOutside,
      },
      'engineering.revisions.edit': { input: onRevision, ...aboutRevision },
      'engineering.revisions.release': { input: onRevision, ...aboutRevision },
      'engineering.revisions.retire': { input: onRevision, ...aboutRevision },
      'engineering.revisions.get': { input: { revision }, ...aboutRevision, ...read },
      'engineering.revisions.list': { input: { item }, ...aboutItem, ...read },
      'engineering.changes.draft (with a revision of another)': {
        input: { number: 'EC-other', title: 'x', reason: 'x', affected: [{ revision, effect: 'release' }] },
        ...aboutRevision,
        ...fromOutside,
      },
      'engineering.changes.edit': { input: onChange, ...aboutChange },
      'engineering.changes.submit': { input: onChange, ...aboutChange },
      'engineering.changes.approve': { input: onChange, ...aboutChange },
      'engineering.changes.reject': { input: onChange, ...aboutChange },
      'engineering.changes.release': { input: onChange, ...aboutChange },
      'engineering.changes.cancel': { input: onChange, ...aboutChange },
      'engineering.changes.acknowledge': { input: { request, version: 99 }, ids: [request] },
      'engineering.changes.decline': { input: { request, version: 99, reason: 'x' }, ids: [request] },
      'engineering.changes.get': { input: { change }, ...aboutChange, ...read },
      'engineering.changes.list': { input: {} },
      'engineering.bom.explode': { input: { revision }, ...aboutRevision, ...read },
      'engineering.bom.compare': { input: { left: revision, right: revision }, ...aboutRevision, ...read },
    },
  };
}
