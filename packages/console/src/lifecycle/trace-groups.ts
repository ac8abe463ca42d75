import type { Trace } from './thing.js';

type Node = Trace['nodes'][number];
type Edge = Trace['edges'][number];

/** What is drawn as one box: a thing, or many units of one lot that are in the same state. */
export interface Box {
  readonly id: string;
  readonly members: readonly [Node, ...Node[]];
}

export interface Line {
  readonly from: string;
  readonly to: string;
  readonly edges: readonly [Edge, ...Edge[]];
  /** Every one of its edges has been ended: what it joined was taken out again. */
  readonly ended: boolean;
}

/** As many alike stand side by side before they become one box. */
const mostAlike = 5;

/** The boxes and lines of a trace; those whose key is in `opened` are drawn one by one. */
export function boxesOf({ nodes, edges, start }: Pick<Trace, 'nodes' | 'edges' | 'start'>, opened: ReadonlySet<string>) {
  const parents = new Map<string, string[]>();
  const lots = new Map<string, string>();
  for (const { input, output, kind } of edges) {
    parents.set(output, [...(parents.get(output) ?? []), input]);
    if (kind === 'member') lots.set(output, input);
  }
  const keyOf = (node: Node): string =>
    node.node === start
      ? node.node
      : [
          'alike',
          node.kind ?? 'hidden',
          lots.get(node.node) ?? (parents.get(node.node) ?? []).sort().join('+'),
          node.itemCode,
          node.state,
        ].join('|');
  const alike = new Map<string, Node[]>();
  for (const node of nodes) alike.set(keyOf(node), [...(alike.get(keyOf(node)) ?? []), node]);
  const boxes: Box[] = [];
  const boxOf = new Map<string, string>();
  for (const [key, members] of alike) {
    const together = members.length > mostAlike && !opened.has(key);
    for (const node of members) boxOf.set(node.node, together ? key : node.node);
    const [first, ...rest] = members;
    if (together && first) boxes.push({ id: key, members: [first, ...rest] });
    else boxes.push(...members.map((node): Box => ({ id: node.node, members: [node] })));
  }
  return { boxes, lines: linesOf(edges, boxOf) };
}

function linesOf(edges: readonly Edge[], boxOf: ReadonlyMap<string, string>): Line[] {
  const lines = new Map<string, Line>();
  for (const edge of edges) {
    const [from, to] = [boxOf.get(edge.input), boxOf.get(edge.output)];
    if (from === undefined || to === undefined || from === to) continue;
    const key = `${from} ${to}`;
    const before = lines.get(key);
    lines.set(key, {
      from,
      to,
      edges: before ? [...before.edges, edge] : [edge],
      ended: edge.until !== null && (before?.ended ?? true),
    });
  }
  return [...lines.values()];
}
