import { type ApiBuilder, drawingSchema } from '@yunfab/core/verticals';
import { z } from 'zod';
import { parseBody } from '../body/index.js';
import type { ApparelConfig } from '../config.js';
import { apparelErrors } from '../errors.js';
import { patternOf } from '../garment/stored.js';
import type { Issue } from '../issue.js';
import { forCutting, forPacking, markerPieces, packingTolerance } from '../made-to-measure/marker-pieces.js';
import { checkMarker, fabricReport, makeMarker, markerDrawing } from '../marker/index.js';
import { draftPattern, type Pattern } from '../pattern/index.js';
import type { ApparelTables } from '../tables.js';
import { bodyInput, choiceInput, issuesSchema, measurementSet, tags } from './inputs.js';

const fabricInput = {
  /** Usable width, mm. */
  width: z.number().min(300).max(3500).default(1450),
  /** Velvet, corduroy, prints: all pieces lie in one direction. */
  nap: z.boolean().default(false),
  /** For how long to search, s. */
  seconds: z.number().min(0.2).max(10).default(1),
};

const markerView = z.object({
  /** m */
  length: z.number().nullable(),
  density: z.number().nullable(),
  pieces: z.number().nullable(),
  /** Overlaps found by the exact check, which shares nothing with the packer. */
  overlaps: z.number(),
  issues: issuesSchema,
  remarks: z.string(),
  drawing: drawingSchema.nullable(),
});

interface Fabric {
  readonly width: number;
  readonly nap: boolean;
  readonly seconds: number;
}

/** Markers: the pieces of one garment laid on the fabric, and exactly checked. */
export const markerProcedures = ({ query }: ApiBuilder<ApparelConfig>) => ({
  markers: {
    make: query({
      permission: 'apparel.designs.read',
      rest: {
        method: 'GET',
        path: '/apparel/markers/make',
        summary: 'Lay the pieces of a body on the fabric, checked exactly for overlap',
        tags,
      },
      input: z.object({ ...bodyInput, ...choiceInput, ...fabricInput }),
      output: markerView,
      run: async (_call, input) => {
        const { body, issues } = parseBody(measurementSet(input));
        const draft = body ? draftPattern(body, input) : { pattern: null, issues: [] };
        return draft.pattern ? lay(draft.pattern, input) : without([...issues, ...draft.issues]);
      },
    }),
    ofOrder: query({
      permission: 'apparel.garments.read',
      rest: { method: 'GET', path: '/apparel/made-to-measure/{id}/marker', summary: 'Lay the pieces of an order on the fabric', tags },
      input: z.object({ id: z.uuid(), ...fabricInput }),
      output: markerView,
      run: async ({ db }, { id, ...fabric }) => {
        const row = await db.withTables<ApparelTables>().selectFrom('made_to_measure').selectAll().where('id', '=', id).executeTakeFirst();
        if (!row) throw apparelErrors.order_unknown({ id });
        const pattern = patternOf(row.pattern);
        if (!pattern) throw apparelErrors.measurements_erased({ number: row.number });
        return lay(pattern, fabric);
      },
    }),
  },
});

async function lay(pattern: Pattern, { width, nap, seconds }: Fabric): Promise<z.input<typeof markerView>> {
  const pieces = markerPieces(pattern, { nap });
  const gap = 2 * packingTolerance;
  const found = await makeMarker({ width: width - gap, pieces: forPacking(pieces), spacing: gap }, { budgetMs: seconds * 1000 });
  if (!found.marker) return without(found.issues);
  const problem = { width, pieces };
  const marker = forCutting(found.marker, pieces, width);
  const overlaps = checkMarker(problem, marker);
  const { lengthM, densityPercent, pieces: copies } = fabricReport(marker);
  return {
    length: lengthM,
    density: densityPercent,
    pieces: copies,
    overlaps: overlaps.length,
    issues: overlaps,
    remarks: toldOf(overlaps),
    drawing: markerDrawing(problem, marker),
  };
}

const without = (issues: readonly Issue[]): z.input<typeof markerView> => ({
  length: null,
  density: null,
  pieces: null,
  overlaps: 0,
  issues: [...issues],
  remarks: toldOf(issues),
  drawing: null,
});

const toldOf = (issues: readonly Issue[]): string => issues.map(({ words }) => `${words.zh} ${words.en}`).join(' · ');
