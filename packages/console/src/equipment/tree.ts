import type { Client } from '../app/client.js';

export type Overview = Awaited<ReturnType<Client['equipment']['overview']>>;
export type OverviewItem = Overview['items'][number];

/** How a machine stands; the order is how much it needs somebody. */
export const standings = ['offline', 'outOfRange', 'silent', 'doubtful', 'sending', 'never'] as const;
export type Standing = (typeof standings)[number];

/** Nothing new for so long is silence. */
const silentAfterMs = 15 * 60_000;

export function standingOf(item: OverviewItem, now: number): Standing {
  if (item.devices > 0 && item.offline > 0 && item.online === 0) return 'offline';
  if (item.newestTs === null) return 'never';
  if (item.outOfRange > 0) return 'outOfRange';
  if (now - item.newestTs > silentAfterMs) return 'silent';
  return item.doubtful > 0 ? 'doubtful' : 'sending';
}

/** A place or a machine of the tree; a place stands as the worst of what is in it. */
export interface TreeNode {
  /** The path of a place, or the id of a machine. */
  readonly key: string;
  readonly name: string;
  /** 0 is the enterprise. */
  readonly level: number;
  readonly item: OverviewItem | null;
  readonly children: readonly TreeNode[];
  readonly standing: Standing;
  /** Machines in it, all and by standing. */
  readonly machines: number;
  readonly counts: Readonly<Partial<Record<Standing, number>>>;
}

interface Place {
  readonly places: Map<string, Place>;
  readonly items: OverviewItem[];
}

/** The equipment by the ISA-95 paths of its places, under the enterprise. */
export function treeOf(enterprise: string, items: readonly OverviewItem[], now: number): TreeNode {
  const root: Place = { places: new Map(), items: [] };
  for (const item of items) {
    let place = root;
    for (const part of item.parent.split('/').filter((each) => each.trim() !== '')) {
      const within = place.places.get(part) ?? { places: new Map(), items: [] };
      place.places.set(part, within);
      place = within;
    }
    place.items.push(item);
  }
  return placeNode('', enterprise, root, 0, now);
}

function placeNode(key: string, name: string, place: Place, level: number, now: number): TreeNode {
  const children = [
    ...[...place.places].sort(byName).map(([part, within]) => placeNode(key ? `${key}/${part}` : part, part, within, level + 1, now)),
    ...place.items.map((item) => machineNode(item, level + 1, now)),
  ];
  const counts: Partial<Record<Standing, number>> = {};
  for (const child of children)
    for (const standing of standings) counts[standing] = (counts[standing] ?? 0) + (child.counts[standing] ?? 0);
  return {
    ...{ key: `/${key}`, name, level, item: null, children, counts },
    standing: standings.find((standing) => (counts[standing] ?? 0) > 0) ?? 'never',
    machines: children.reduce((total, { machines }) => total + machines, 0),
  };
}

function machineNode(item: OverviewItem, level: number, now: number): TreeNode {
  const standing = standingOf(item, now);
  return { key: item.id, name: item.name, level, item, children: [], standing, machines: 1, counts: { [standing]: 1 } };
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => a.localeCompare(b, undefined, { numeric: true });

/** The rows that are seen, from the top; nothing of a closed place but itself. */
export function rowsOf(node: TreeNode, closed: ReadonlySet<string>): TreeNode[] {
  return closed.has(node.key) ? [node] : [node, ...node.children.flatMap((child) => rowsOf(child, closed))];
}
