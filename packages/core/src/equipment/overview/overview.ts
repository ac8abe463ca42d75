import { sql } from 'kysely';
import { z } from 'zod';
import { idSchema, instantSchema, query } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';

const count = z.number().int();

export const overviewView = z.object({
  asOf: instantSchema,
  items: z.array(
    z.object({
      id: idSchema,
      code: z.string(),
      name: z.string(),
      model: z.string(),
      /** ISA-95 path of site, area and work center. */
      parent: z.string(),
      devices: count,
      /** How many of them said last that they are connected, and that they are not; the others never said. */
      online: count,
      offline: count,
      /** When one of them last said so. */
      changedAt: instantSchema.nullable(),
      /** The time of its newest value, Unix ms. */
      newestTs: z.number().nullable(),
      /** Signals whose newest value lies outside the range of the model, and those where it is doubtful for another reason. */
      outOfRange: count,
      doubtful: count,
    }),
  ),
  /** There is more equipment than these 5,000. */
  more: z.boolean(),
});

interface Row {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly model: string;
  readonly parent: string;
  readonly devices: string;
  readonly online: string;
  readonly offline: string;
  readonly changed_at: Date | null;
  readonly newest_ms: number | null;
  readonly out_of_range: string;
  readonly doubtful: string;
}

const most = 5_000;

async function overview(scope: Scope): Promise<z.output<typeof overviewView>> {
  const { rows } = await sql<Row>`select * from telemetry.read_equipment_overview(${most + 1})`.execute(scope.tx);
  return {
    asOf: scope.now.toISOString(),
    items: rows.slice(0, most).map(({ id, code, name, model, parent, newest_ms, changed_at, ...row }) => ({
      ...{ id, code, name, model, parent },
      devices: Number(row.devices),
      online: Number(row.online),
      offline: Number(row.offline),
      changedAt: changed_at?.toISOString() ?? null,
      newestTs: newest_ms,
      outOfRange: Number(row.out_of_range),
      doubtful: Number(row.doubtful),
    })),
    more: rows.length > most,
  };
}

/** `equipment.overview`: active equipment by code, with how it stands. */
export const overviewQuery = query({
  permission: 'equipment.read',
  rest: {
    method: 'GET',
    path: '/equipment-overview',
    summary: 'Read all your active equipment with its place, connection and newest values',
    tags: ['equipment'],
  },
  input: z.object({}),
  output: overviewView,
  run: overview,
});
