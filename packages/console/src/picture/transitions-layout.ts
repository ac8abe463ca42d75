import { Graph, layout } from '@dagrejs/dagre';

export const stateSize = { width: 92, height: 30 } as const;
const margin = 6;

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** The moves that lead from one to the other. */
  readonly names: readonly string[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** States by how far they are from the first, arrows around those in their way, with as few crossings as dagre finds. */
export function placedStates(states: readonly string[], arrows: readonly Arrow[]) {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 22, edgesep: 8, marginx: margin, marginy: margin });
  for (const state of states) graph.setNode(state, { ...stateSize });
  for (const { from, to } of arrows) graph.setEdge(from, to, {});
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const lines = arrows.map((arrow) => ({ ...arrow, points: (graph.edge(arrow.from, arrow.to) as { points?: Point[] }).points ?? [] }));
  // dagre measures the boxes; a line that goes around them may be the lowest.
  const lowest = Math.max(height, ...lines.flatMap(({ points }) => points.map(({ y }) => y + margin)));
  return {
    width,
    height: lowest,
    states: new Map(states.map((state) => [state, graph.node(state) as unknown as Point])),
    arrows: lines.map(({ points, ...arrow }) => ({ ...arrow, path: through(points) })),
  };
}

/** A smooth line that touches the middles between the points and begins and ends at the first and the last. */
function through(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) return '';
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? last;
    return `Q${point.x},${point.y} ${(point.x + next.x) / 2},${(point.y + next.y) / 2}`;
  });
  return `M${first.x},${first.y} ${bends.join(' ')} L${last.x},${last.y}`;
}
