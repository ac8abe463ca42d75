import { z } from 'zod';
import { idSchema, instantSchema, requestErrors, wordsSchema } from '../../commands/index.js';
import type { RecordId, Scope } from '../../database/index.js';
import { quantity, quantitySchema } from '../../measure/index.js';
import { activitySchema } from '../activities/schema.js';
import { listActivities } from '../activities/view.js';
import { type Direction, type EdgeRow, edgesOfThing } from '../genealogy/repository.js';
import { identifiersOf } from '../identifiers/identifiers.js';
import { identifierSchema } from '../identifiers/schema.js';
import { viewLots } from '../lots/lots.js';
import { findLots } from '../lots/repository.js';
import { lotSchema } from '../lots/schema.js';
import { thingSchema, viewThings } from '../things.js';
import { findUnits } from './repository.js';
import { unitSchema } from './schema.js';
import { viewUnits } from './units.js';

/** What proves how a lot was made: a process run with its verdict. */
export const lotProofSchema = z.object({
  kind: z.string(),
  id: z.string(),
  words: wordsSchema,
  at: instantSchema.nullable(),
  /** Null: not judged. */
  holds: z.boolean().nullable(),
});
export type LotProof = z.infer<typeof lotProofSchema>;

/** Port: production tells of the runs of a lot as far as the asking organization may see them. */
export interface LotProofs {
  proofs(scope: Scope, lot: RecordId): Promise<readonly LotProof[]>;
}

const partSchema = z.object({
  thing: thingSchema,
  position: z.string().nullable(),
  quantity: quantitySchema,
  activity: idSchema.nullable(),
  at: instantSchema,
  /** When it was taken out or replaced. */
  until: instantSchema.nullable(),
});

export const unitPageViewSchema = z.object({
  unit: unitSchema,
  identifiers: z.array(identifierSchema),
  /** Null while the asking organization may not see it, or when there is none. */
  lot: lotSchema.nullable(),
  /** What went into it at the first, one level, by position. */
  asBuilt: z.array(partSchema),
  /** What is in it now. */
  asMaintained: z.array(partSchema),
  /** What it is a part of, or was. */
  partOf: z.array(partSchema),
  /** Whether any of the three is longer than the 200 shown. */
  cut: z.boolean(),
  /** The last 50 activities, newest first; `next` continues them with `lifecycle.activities.list`. */
  timeline: z.object({ items: z.array(activitySchema), next: z.string().nullable() }),
  evidence: z.array(lotProofSchema),
});
export type UnitPageView = z.infer<typeof unitPageViewSchema>;

const mostParts = 200;
const buildKinds: readonly EdgeRow['kind'][] = ['made', 'assembled', 'split', 'merged', 'transformed', 'disassembled'];

export async function unitPage(scope: Scope, id: string, { proofs }: LotProofs): Promise<UnitPageView> {
  const [row] = await findUnits(scope, [id]);
  if (!row) throw requestErrors.not_found({ kind: 'unit' });
  const [unit] = await viewUnits(scope, [row]);
  if (!unit) throw requestErrors.not_found({ kind: 'unit' });
  const lots = row.lot_id === null ? [] : await findLots(scope, [row.lot_id]);
  const [lot = null] = await viewLots(scope, lots);
  const into = await edgesOfThing(scope, 'backward', id, mostParts + 1);
  const onto = await edgesOfThing(scope, 'forward', id, mostParts + 1);
  const parts = await viewParts(scope, 'backward', into);
  const built = new Set(into.filter(({ kind }) => buildKinds.includes(kind)).map((edge) => edge.id));
  const open = new Set(into.filter(({ valid_to }) => valid_to === null).map((edge) => edge.id));
  return {
    unit,
    identifiers: await identifiersOf(scope, id),
    lot,
    asBuilt: parts.filter((part) => built.has(part.edge)).map(({ part }) => part),
    asMaintained: parts.filter((part) => open.has(part.edge)).map(({ part }) => part),
    partOf: (await viewParts(scope, 'forward', onto)).map(({ part }) => part),
    cut: into.length > mostParts || onto.length > mostParts,
    timeline: await listActivities(scope, { thing: id, limit: 50 }),
    evidence: lot ? [...(await proofs(scope, row.lot_id as RecordId))] : [],
  };
}

async function viewParts(scope: Scope, direction: Direction, edges: readonly EdgeRow[]) {
  const far = (edge: EdgeRow) => (direction === 'backward' ? edge.input_id : edge.output_id);
  const shown = edges.slice(0, mostParts);
  const things = await viewThings(scope, shown.map(far));
  return shown.flatMap((edge) => {
    const thing = things.get(far(edge));
    if (!thing) return [];
    const part = {
      thing,
      position: edge.position,
      quantity: quantity(edge.quantity, edge.unit),
      activity: edge.activity_id,
      at: edge.valid_from.toISOString(),
      until: edge.valid_to?.toISOString() ?? null,
    };
    return [{ edge: edge.id, part }];
  });
}
