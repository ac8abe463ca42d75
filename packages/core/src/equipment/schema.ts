import { z } from 'zod';
import { idSchema as id, instantSchema as instant, lineText, pageOf } from '../commands/index.js';
import { declaredView } from './declared-view.js';

const code = z.string().regex(/^[a-z0-9-]{1,40}$/, 'use 1 to 40 of a-z 0-9 -');
const unixMs = z.number().min(0).max(4_102_444_800_000);

export const equipmentView = z.object({
  id,
  organization: z.string(),
  code,
  name: z.string(),
  model: z.string(),
  parent: z.string(),
  state: z.enum(['active', 'retired']),
  createdAt: instant,
});

const signalView = z.object({
  name: z.string(),
  unit: z.string(),
  kind: z.enum(['number', 'text', 'boolean']),
  range: z.object({ low: z.number().nullable(), high: z.number().nullable() }).nullable(),
});

const value = z.union([z.number(), z.string(), z.boolean(), z.null()]);

export const createEquipmentInput = z.object({
  code,
  name: lineText(200),
  model: z.string().min(1).max(80),
  /** ISA-95 path of site, area and work center: `plant-1/hall-2`. */
  parent: z.string().max(200).default(''),
});

export const equipmentInput = z.object({ equipment: id });

export const equipmentDetail = equipmentView.extend({
  signals: z.array(signalView),
  devices: z.array(z.object({ device: z.string(), online: z.boolean().nullable(), changedAt: instant.nullable() })),
  ...declaredView.shape,
});

const pageByCode = { limit: z.number().int().min(1).max(100).default(50), cursor: code.optional() };

export const listEquipmentInput = z.object(pageByCode);
export const equipmentPage = pageOf(equipmentView);

export const latestView = z.object({
  signals: z.record(
    z.string(),
    z.object({ unit: z.string(), kind: z.string(), ts: z.number().nullable(), value, quality: z.number().int().nullable() }),
  ),
});

export const mostSamples = 50_000;

export const rangeInput = z.object({
  equipment: id,
  signals: z.array(z.string().max(80)).min(1).max(100).optional(),
  /** Unix ms, inclusive. */
  from: unixMs,
  /** Unix ms, exclusive. */
  to: unixMs,
  /** `next` of the page before, which was asked for with the same `from`, `to` and signals. */
  cursor: z.string().max(60).optional(),
  /** Samples of all signals together. */
  limit: z.number().int().min(1).max(mostSamples).default(20_000),
});

/** Unix ms: what is before it was dropped, because it is no longer kept; null when everything is kept. */
const keptFrom = z.number().nullable();

/** Columnar: `ts[i]`, `value[i]` and `quality[i]` belong together. `next` is the `cursor` of the next page, null on the last. */
export const rangeView = z.object({
  signals: z.record(
    z.string(),
    z.object({ unit: z.string(), ts: z.array(z.number()), value: z.array(value), quality: z.array(z.number().int()) }),
  ),
  next: z.string().nullable(),
  keptFrom,
});

export const aggregateInput = z.object({
  equipment: id,
  signals: z.array(z.string().max(80)).min(1).max(100).optional(),
  /** Unix ms, inclusive; where the first bucket begins. */
  from: unixMs,
  /** Unix ms, exclusive. */
  to: unixMs,
  /** Width of a bucket, from a second to 31 days; from a minute on a multiple of 60000, as `from` and `to` then are. */
  bucketMs: z.number().int().min(1_000).max(2_678_400_000),
});

const perBucket = z.array(z.number().nullable());

/** Place `i` of each column is the bucket that begins at `from + i × bucketMs`; an empty bucket counts 0 and holds null, so gaps are seen. */
export const aggregateView = z.object({
  signals: z.record(
    z.string(),
    z.object({
      unit: z.string(),
      /** Values stored, of any quality; texts and "none" count, but are no numbers. */
      count: z.array(z.number().int()),
      average: perBucket,
      low: perBucket,
      high: perBucket,
      first: perBucket,
      last: perBucket,
      /** The lowest quality of what was stored (OPC DA, below 192 is doubtful); OPC UA Part 13 calls it WorstQuality. */
      quality: perBucket,
    }),
  ),
  keptFrom,
});

/** Of all signals together. */
export const mostPoints = 50_000;

export const downsampleInput = z.object({
  equipment: id,
  signals: z.array(z.string().max(80)).min(1).max(100).optional(),
  /** Unix ms, inclusive. */
  from: unixMs,
  /** Unix ms, exclusive. */
  to: unixMs,
  /** At most so many samples of each signal. */
  points: z.number().int().min(4).max(mostPoints),
  /** `min_max` keeps the first, last, lowest and highest of each stretch, so every extreme; `lttb` keeps the shape that is seen. */
  method: z.enum(['min_max', 'lttb']).default('min_max'),
  /** Samples farther apart than this have a gap between them; five times their usual distance when left out. */
  gapMs: z.number().positive().max(31_622_400_000).optional(),
});

/** Columns as in `range`, of samples that were measured; where `from` and `to` of a gap stand, the line breaks. */
export const downsampleView = z.object({
  signals: z.record(
    z.string(),
    z.object({
      unit: z.string(),
      ts: z.array(z.number()),
      value: z.array(value),
      quality: z.array(z.number().int()),
      thinned: z.boolean(),
      gaps: z.array(z.object({ from: z.number(), to: z.number() })),
      gapMs: z.number().nullable(),
    }),
  ),
  keptFrom,
});

export const deviceView = z.object({
  device: code,
  equipment: id,
  createdAt: instant,
  credential: z.enum(['live', 'revoked']),
});

export const createDeviceInput = z.object({ equipment: id, device: code });
export const deviceInput = z.object({ device: code });
export const listDevicesInput = z.object({ equipment: id.optional(), ...pageByCode });
export const devicePage = pageOf(deviceView);

/** `token` is shown once; a replay of the same command gives null. */
export const deviceSecret = z.object({ device: code, username: z.string(), token: z.string().nullable() });
