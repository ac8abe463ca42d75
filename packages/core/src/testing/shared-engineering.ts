import type { SharedWorldPorts } from './shared-world.js';
import type { VisibilityMatrix } from './visibility-matrix.js';

interface Identified {
  readonly id: string;
}

/** What the party designs: an item and a revision of it; `records` are what it may let others read. */
export async function createSharedEngineering({ invoke, mark }: Pick<SharedWorldPorts, 'invoke'> & { readonly mark: string }): Promise<{
  readonly records: readonly string[];
  readonly probes: VisibilityMatrix['probes'];
}> {
  const own = <Output>(procedure: string, input: object) => invoke<Output>('party', procedure, input);
  const named = (name: string) => ({ kind: 'part', name: { en: name, zh: name }, unit: 'H87' });
  const { id: item } = await own<Identified>('engineering.items.create', { number: `PART-${mark}`, ...named(`Part ${mark}`) });
  const { id: revision } = await own<Identified>('engineering.revisions.create', { item, label: 'A' });
  // A stranger has an item of its own, and so a place from which to name what is hidden.
  const { id: theirs } = await invoke<Identified>('unrelated', 'engineering.items.create', { number: 'PART-other', ...named('Part') });
  const component = { position: 1, item, quantity: { value: '1', unit: 'H87' } };

  const aboutItem = { ids: [item] };
  const aboutRevision = { ids: [revision] };
  const read = { granted: true };
  const fromOutside = { strangersOnly: true };
  const onRevision = { revision, version: 99 };
  return {
    records: [item, revision],
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
      'engineering.bom.explode': { input: { revision }, ...aboutRevision, ...read },
      'engineering.bom.compare': { input: { left: revision, right: revision }, ...aboutRevision, ...read },
    },
  };
}
