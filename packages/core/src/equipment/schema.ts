import { z } from 'zod';
import { idSchema as id, instantSchema as instant, lineText, pageOf } from '../commands/index.js';

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
  /** Samples of all signals together. */
  limit: z.number().int().min(1).max(mostSamples).default(20_000),
});

/** Columnar: `ts[i]`, `value[i]` and `quality[i]` belong together. `next` is the `from` of the next page. */
export const rangeView = z.object({
  signals: z.record(
    z.string(),
    z.object({ unit: z.string(), ts: z.array(z.number()), value: z.array(value), quality: z.array(z.number().int()) }),
  ),
  next: z.number().nullable(),
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
