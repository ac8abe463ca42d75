import type { z } from 'zod';
import type { Words } from '../../access/index.js';
import { requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { quantity } from '../../measure/index.js';
import { activityRules } from '../activities/kinds.js';
import { endsOf } from '../activities/repository.js';
import { findThings, viewOrganizations, viewThings } from '../things.js';
import { countReached, type Direction, type EdgeRow, edgesBetween, nextThings, pageOfReached } from './repository.js';
import type { ReachView, reachInput, TraceView, traceInput } from './schema.js';

const mostCounted = 1_000_000;
const mostEdges = 20_000;
const mostEnds = 1000;
const endKinds = ['inspected', 'shipped', 'used', 'scrapped'];

const kindWords = (kind: EdgeRow['kind']): Words =>
  kind === 'member' ? { en: 'Unit of the lot', zh: '批次内的单件' } : activityRules[kind].words;

/** One direction of a walk: the things found, nearest first, by the step at which they were. */
interface Walk {
  readonly steps: ReadonlyMap<string, number>;
  /** Whether there is anything that it left out. */
  readonly cut: boolean;
}

/**
 * What a lot or unit went into and what it came from, as far as the asking organization may see: an edge is seen as the activity that
 * made it, a thing that is hidden stands as a token. What the answer leaves out is told in `cut`; no level is dropped in silence.
 */
export async function trace(scope: Scope, { thing, direction, depth, limit }: z.output<typeof traceInput>): Promise<TraceView> {
  if ((await findThings(scope, [thing])).size === 0) throw requestErrors.not_found({ kind: 'lot or unit' });
  const [forward, backward] = [
    direction === 'backward' ? null : await walk(scope, 'forward', thing, { depth, limit }),
    direction === 'forward' ? null : await walk(scope, 'backward', thing, { depth, limit }),
  ];
  const steps = new Map<string, number>([[thing, 0]]);
  for (const [id, step] of forward?.steps ?? []) steps.set(id, step);
  for (const [id, step] of backward?.steps ?? []) if (!steps.has(id)) steps.set(id, -step);
  const ids = [...steps.keys()];
  const things = await viewThings(scope, ids);
  const nodeOf = (id: string): string => things.get(id)?.node ?? id;
  const edges = await edgesBetween(scope, ids, mostEdges + 1);
  const ends = await viewEnds(
    scope,
    ids.filter((id) => things.get(id)?.hidden === false),
  );
  return {
    start: thing,
    nodes: ids.flatMap((id) => {
      const view = things.get(id);
      return view ? [{ ...view, step: steps.get(id) ?? 0 }] : [];
    }),
    edges: edges.slice(0, mostEdges).map((row) => ({
      input: nodeOf(row.input_id),
      output: nodeOf(row.output_id),
      kind: row.kind,
      kindWords: kindWords(row.kind),
      activity: row.activity_id,
      position: row.position,
      quantity: quantity(row.quantity, row.unit),
      at: row.valid_from.toISOString(),
      until: row.valid_to?.toISOString() ?? null,
    })),
    ends: ends.slice(0, mostEnds),
    cut: {
      forward: forward && (await told(scope, 'forward', thing, forward)),
      backward: backward && (await told(scope, 'backward', thing, backward)),
      edges: edges.length > mostEdges,
      ends: ends.length > mostEnds,
    },
  };
}

async function walk(
  scope: Scope,
  direction: Direction,
  start: string,
  { depth = Number.POSITIVE_INFINITY, limit }: { readonly depth?: number | undefined; readonly limit: number },
): Promise<Walk> {
  const steps = new Map<string, number>();
  let frontier = [start];
  for (let step = 1; ; step++) {
    const known = [start, ...steps.keys()];
    const found = await nextThings(scope, direction, { frontier, known, limit: limit - steps.size + 1 });
    if (found.length === 0) return { steps, cut: false };
    if (step > depth) return { steps, cut: true };
    for (const id of found.slice(0, limit - steps.size)) steps.set(id, step);
    if (found.length + known.length - 1 > limit) return { steps, cut: true };
    frontier = found;
  }
}

async function told(scope: Scope, direction: Direction, start: string, { steps, cut }: Walk) {
  const reached = cut ? (await countReached(scope, direction, start, mostCounted + 1)) - 1 : steps.size;
  return { shown: steps.size, reached };
}

async function viewEnds(scope: Scope, things: readonly string[]): Promise<TraceView['ends']> {
  const rows = await endsOf(scope, things, endKinds, mostEnds + 1);
  const organization = await viewOrganizations(
    scope,
    rows.flatMap((row) => (row.receiver ? [row.organization, row.receiver] : [row.organization])),
  );
  return rows.map((row) => ({
    node: row.thing_id,
    activity: row.id,
    kind: row.kind,
    kindWords: activityRules[row.kind].words,
    performer: organization(row.organization),
    receiver: row.receiver ? organization(row.receiver) : null,
    quantity: quantity(row.quantity, row.unit),
    at: row.at.toISOString(),
  }));
}

/** All that a lot or unit went into, or came from, of whatever number, page by page. */
export async function reach(scope: Scope, { thing, direction, limit, cursor }: z.output<typeof reachInput>): Promise<ReachView> {
  if ((await findThings(scope, [thing])).size === 0) throw requestErrors.not_found({ kind: 'lot or unit' });
  // A place in the list and not an id: the last one may be hidden.
  const offset = cursor === undefined ? 0 : Number(cursor);
  const { total, ids } = await pageOfReached(scope, direction, { start: thing, offset, limit, most: mostCounted });
  const things = await viewThings(scope, ids);
  const seen = offset + ids.length;
  return { items: ids.flatMap((id) => things.get(id) ?? []), total, next: seen < total && ids.length > 0 ? String(seen) : null };
}
