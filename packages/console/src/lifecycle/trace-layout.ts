import { Graph, layout } from '@dagrejs/dagre';
import type { Box, Line } from './trace-groups.js';

export const boxSize = { width: 208, height: 48 } as const;
/** More boxes than this are no drawing any more, but a carpet. */
export const mostDrawn = 150;

interface Placed {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly lines: readonly { readonly line: Line; readonly path: string; readonly middle: { readonly x: number; readonly y: number } }[];
}

const margin = 8;

/** From what went in on the left to what became of it on the right, with as few crossings as dagre finds. */
export function placed(boxes: readonly Box[], lines: readonly Line[]): Placed {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 12, ranksep: 96, marginx: margin, marginy: margin });
  for (const { id } of boxes) graph.setNode(id, { ...boxSize });
  for (const { from, to } of lines) graph.setEdge(from, to, {});
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width,
    height,
    boxes: new Map(boxes.map(({ id }) => [id, centreOf(graph.node(id))])),
    lines: lines.map((line) => {
      const { points = [] } = graph.edge(line.from, line.to) as { points?: Point[] };
      const [from, to] = [centreOf(graph.node(line.from)), centreOf(graph.node(line.to))];
      const leaving = { x: from.x + boxSize.width / 2, y: from.y };
      const arriving = { x: to.x - boxSize.width / 2, y: to.y };
      const middle = { x: (leaving.x + arriving.x) / 2, y: (leaving.y + arriving.y) / 2 };
      // What dagre gives between the ends leads a long line around the boxes in its way.
      return { line, path: curveThrough([leaving, ...points.slice(2, -2), arriving]), middle };
    }),
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const centreOf = (node: unknown): Point => {
  const { x, y } = node as Point;
  return { x, y };
};

/** Leaves and arrives level, so that the direction is seen at both ends. */
function curveThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let [path, at] = [`M${first.x},${first.y}`, first];
  for (const next of rest) {
    const half = (next.x - at.x) / 2;
    path += ` C${at.x + half},${at.y} ${next.x - half},${next.y} ${next.x},${next.y}`;
    at = next;
  }
  return path;
}
