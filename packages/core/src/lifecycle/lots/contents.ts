import { z } from 'zod';
import { idSchema, instantSchema, requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { quantity, quantitySchema } from '../../measure/index.js';
import { edgesOfThing } from '../genealogy/repository.js';
import { thingSchema, viewThings } from '../things.js';
import { unitsOfLot } from '../units/repository.js';
import { unitSchema } from '../units/schema.js';
import { viewUnits } from '../units/units.js';
import { findLots } from './repository.js';

/** What a lot consists of, as far as it may be seen: its units, and what went into it as a whole. */
export const lotContentsSchema = z.object({
  units: z.array(unitSchema),
  /** Lots and units that went into it, by position and time. */
  materials: z.array(
    z.object({
      thing: thingSchema,
      quantity: quantitySchema,
      position: z.string().nullable(),
      activity: idSchema.nullable(),
      at: instantSchema,
    }),
  ),
  /** Whether there are more units, or materials, than are listed. */
  cut: z.object({ units: z.boolean(), materials: z.boolean() }),
});
export type LotContents = z.infer<typeof lotContentsSchema>;

const mostMaterials = 500;

/** Units (by serial number, at most `mostUnits`) and issued materials of a lot; throws `request.not_found`. */
export async function lotContents(scope: Scope, lot: string, { mostUnits = 1000 } = {}): Promise<LotContents> {
  if ((await findLots(scope, [lot])).length === 0) throw requestErrors.not_found({ kind: 'lot' });
  const units = await unitsOfLot(scope, lot, mostUnits + 1);
  const edges = await edgesOfThing(scope, 'backward', lot, mostMaterials + 1);
  const shown = edges.slice(0, mostMaterials);
  const things = await viewThings(
    scope,
    shown.map(({ input_id }) => input_id),
  );
  return {
    units: await viewUnits(scope, units.slice(0, mostUnits)),
    materials: shown.flatMap((edge) => {
      const thing = things.get(edge.input_id);
      if (!thing) return [];
      return [
        {
          thing,
          quantity: quantity(edge.quantity, edge.unit),
          position: edge.position,
          activity: edge.activity_id,
          at: edge.valid_from.toISOString(),
        },
      ];
    }),
    cut: { units: units.length > mostUnits, materials: edges.length > mostMaterials },
  };
}
