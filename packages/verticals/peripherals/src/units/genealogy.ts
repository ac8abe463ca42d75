import type { Drawing, DrawingShape, Tone } from '@yunfab/core/verticals';

/** What a trace of core tells of one thing, of what is used here. */
export interface TracedNode {
  readonly node: string;
  readonly hidden: boolean;
  readonly kind: 'lot' | 'unit' | null;
  readonly code: string | null;
  readonly maker: { readonly code: string; readonly name: { readonly en: string; readonly zh: string } } | null;
  readonly state: string | null;
}

export interface Traced {
  readonly start: string;
  readonly nodes: readonly TracedNode[];
  readonly edges: readonly {
    readonly input: string;
    readonly output: string;
    readonly kind: string;
    readonly position: string | null;
    readonly at: string;
    readonly until: string | null;
  }[];
}

/** One part of a unit: what it is, where it sits, and in what. */
export interface Part {
  /** 1 is put straight into the unit, 2 into such a part. */
  readonly level: number;
  readonly designator: string | null;
  readonly node: TracedNode;
  /** Its parent: the unit or a part of it. */
  readonly into: string;
  readonly at: string;
  /** When it was taken out again. */
  readonly until: string | null;
}

/** The parts of the unit that a backward trace begins at, level by level, each under its designator. */
export function partsOf({ start, nodes, edges }: Traced): Part[] {
  const byId = new Map(nodes.map((node) => [node.node, node]));
  const parts: Part[] = [];
  const seen = new Set([start]);
  let front = [start];
  for (let level = 1; front.length > 0; level++) {
    const next: string[] = [];
    for (const into of front)
      for (const edge of edges) {
        const node = byId.get(edge.input);
        if (edge.output !== into || edge.kind === 'member' || !node) continue;
        parts.push({ level, designator: edge.position, node, into, at: edge.at, until: edge.until });
        if (!seen.has(node.node)) next.push(node.node);
        seen.add(node.node);
      }
    front = next;
  }
  return parts;
}

/** The part that sits at a designator now, or sat there last; a path `MB1/C12` names the board too. */
export function partAt(parts: readonly Part[], start: string, designator: string): Part | null {
  let into = start;
  let found: Part | null = null;
  const path = designator.split('/').map((each) => each.trim());
  for (const [depth, position] of path.entries()) {
    const within = parts.filter((part) => part.designator === position && (path.length === 1 || depth === 0 || part.into === into));
    found = within.find(({ until }) => until === null) ?? within[0] ?? null;
    if (!found) return null;
    into = found.node.node;
  }
  return found;
}

const box = { width: 46, height: 9 };
const gap = { across: 24, down: 4 };

/** The genealogy as a picture: component lots on the left, what they went into to the right, the unit last. */
export function drawGenealogy(
  { start, nodes }: Traced,
  parts: readonly Part[],
  { failed, firmware }: { readonly failed: readonly string[]; readonly firmware: string | null },
): Drawing {
  const deepest = Math.max(1, ...parts.map(({ level }) => level));
  const column = (level: number) => (deepest - level) * (box.width + gap.across);
  const columns = [...Array(deepest).keys()].map((index) => distinct(parts.filter(({ level }) => level === index + 1)));
  const rows = Math.max(1, ...columns.map(({ length }) => length));
  const height = rows * (box.height + gap.down);
  const at = new Map<string, { x: number; y: number }>([[start, { x: column(0), y: height / 2 - box.height / 2 }]]);
  for (const [index, each] of columns.entries())
    for (const [row, { node }] of each.entries())
      at.set(node.node, { x: column(index + 1), y: ((row + 0.5) * height) / each.length - box.height / 2 });
  const lines = parts.flatMap(({ node, into, designator, until }): DrawingShape[] => {
    const [from, to] = [at.get(node.node), at.get(into)];
    if (!from || !to) return [];
    const bad = designator !== null && failed.includes(designator);
    const points: [number, number][] = [
      [from.x + box.width, from.y + box.height / 2],
      [to.x, to.y + box.height / 2],
    ];
    return [{ kind: 'polyline', points, stroke: bad ? 'bad' : 'muted', dashed: until !== null }];
  });
  const badNodes = new Set(
    parts.filter(({ designator }) => designator !== null && failed.includes(designator)).map(({ node }) => node.node),
  );
  const boxes = [...at].flatMap(([id, place]): DrawingShape[] => {
    const node = nodes.find((each) => each.node === id);
    const places = [...new Set(parts.filter((part) => part.node.node === id).flatMap(({ designator }) => designator ?? []))];
    const tone: Tone = id === start ? 'accent' : badNodes.has(id) ? 'bad' : node?.kind === 'unit' ? 'series-2' : 'ink';
    const name = node?.hidden || !node ? '•••' : (node.code ?? '');
    const under = id === start ? (firmware ? `FW ${firmware}` : '') : places.slice(0, 4).join(' ') + (places.length > 4 ? ' …' : '');
    const words = {
      en: `${places.join(', ')} ${name} ${node?.maker?.name.en ?? ''}`.trim(),
      zh: `${places.join('、')} ${name} ${node?.maker?.name.zh ?? ''}`.trim(),
    };
    return [
      { kind: 'polyline', points: corners(place), closed: true, stroke: tone, words },
      { kind: 'text', at: [place.x + 1.5, place.y + 3.8], text: name.slice(0, 26), size: 2.6, tone },
      { kind: 'text', at: [place.x + 1.5, place.y + 7.4], text: under.slice(0, 30), size: 2.2, tone: 'muted' },
    ];
  });
  return {
    unit: 'mm',
    box: { x: -2, y: -2, width: (deepest + 1) * (box.width + gap.across) - gap.across + 4, height: height + 4 },
    shapes: [...lines, ...boxes].slice(0, 2000),
  };
}

const distinct = (parts: readonly Part[]): Part[] => [...new Map(parts.map((part) => [part.node.node, part])).values()];

const corners = ({ x, y }: { readonly x: number; readonly y: number }): [number, number][] => [
  [x, y],
  [x + box.width, y],
  [x + box.width, y + box.height],
  [x, y + box.height],
];
