import { newId } from '@yunfab/core/database';
import type { ApiBuilder } from '@yunfab/core/verticals';
import { z } from 'zod';
import type { MedicalDeviceConfig } from '../config.js';
import { medicalDeviceErrors } from '../errors.js';
import type { MedicalDeviceTables } from '../tables.js';
import { levelsOf } from './package-levels.js';
import { countUnits, type PackageConfiguration, packagingIssues, packagingLevels } from './packaging.js';
import { requireDi } from './read.js';

const tags = ['medical-device'];
const product = z.string().trim().min(1).max(120);
const code = z.string().trim().min(1).max(500);
const holds = z.number().int().min(1).max(100_000);
const levelView = z.object({
  id: z.uuid(),
  product: z.string(),
  level: z.enum(packagingLevels),
  di: z.string(),
  containsDi: z.string().nullable(),
  contains: z.number().int().nullable(),
});

/** Packages of a product: which identifier stands on which, and how many units of use are in them. */
export const packagingApi = ({ query, command }: ApiBuilder<MedicalDeviceConfig>) => ({
  declare: command({
    permission: 'medical-device.udi.assign',
    rest: { method: 'POST', path: '/medical-device/packaging', summary: 'Declare the packaging levels of a product', tags },
    input: z.object({
      product,
      unit: code,
      innerBox: code.optional(),
      innerBoxHolds: holds.optional(),
      carton: code.optional(),
      cartonHolds: holds.optional(),
      pallet: code.optional(),
      palletHolds: holds.optional(),
    }),
    output: z.object({ product: z.string(), levels: z.number().int() }),
    run: async ({ db, organization, now }, input) => {
      const levels: PackageConfiguration[] = [{ di: requireDi(input.unit, now), level: 'unit', contains: null }];
      const outer = [
        { level: 'inner_box', given: input.innerBox, quantity: input.innerBoxHolds },
        { level: 'carton', given: input.carton, quantity: input.cartonHolds },
        { level: 'pallet', given: input.pallet, quantity: input.palletHolds },
      ] as const;
      for (const { level, given, quantity = 0 } of outer) {
        const below = levels.at(-1);
        if (given !== undefined && below) levels.push({ di: requireDi(given, now), level, contains: { di: below.di, quantity } });
      }
      const issues = packagingIssues(levels);
      if (issues.length > 0) throw medicalDeviceErrors.packaging_refused({ product: input.product, at: issues[0]?.at ?? '', issues });
      const rows = levels.map(({ di, level, contains }) => ({
        id: newId(),
        organization,
        product: input.product,
        level,
        di,
        contains_di: contains?.di ?? null,
        contains: contains?.quantity ?? null,
        created_at: now,
      }));
      const tables = db.withTables<MedicalDeviceTables>();
      const made = await tables
        .insertInto('package_level')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .execute();
      if (made.length < rows.length) throw medicalDeviceErrors.packaging_taken({ product: input.product });
      return { product: input.product, levels: rows.length };
    },
  }),

  list: query({
    permission: 'medical-device.udi.read',
    rest: { method: 'GET', path: '/medical-device/packaging', summary: 'List packaging levels by device identifier', tags },
    input: z.object({ limit: z.number().int().min(1).max(100).default(50), cursor: z.string().max(40).optional() }),
    output: z.object({ items: z.array(levelView), next: z.string().nullable() }),
    run: async ({ db }, { limit, cursor = '' }) => {
      const rows = await db
        .withTables<MedicalDeviceTables>()
        .selectFrom('package_level')
        .selectAll()
        .where('di', '>', cursor)
        .orderBy('di')
        .limit(limit + 1)
        .execute();
      const items = rows.slice(0, limit).map(({ id, product: name, level, di, contains_di, contains }) => ({
        ...{ id, product: name, level, di, contains },
        containsDi: contains_di,
      }));
      return { items, next: rows.length > limit ? (items.at(-1)?.di ?? null) : null };
    },
  }),

  count: query({
    permission: 'medical-device.udi.read',
    rest: { method: 'GET', path: '/medical-device/packaging/count', summary: 'Scanned packages in units of use', tags },
    input: z.object({
      /** One code a line, each as often as it was scanned. */
      scans: z.string().min(1).max(50_000),
    }),
    output: z.object({
      units: z.array(z.object({ di: z.string(), count: z.number().int() })),
      total: z.number().int(),
      scanned: z.number().int(),
      unknown: z.array(z.string()),
      unknownLines: z.string(),
    }),
    run: async ({ db, now }, { scans }) => {
      const lines = scans.split(/\r?\n/).filter((line) => line.trim() !== '');
      const dis = lines.map((line) => requireDi(line, now));
      const levels = new Map<string, PackageConfiguration>();
      for (const di of new Set(dis)) for (const each of await levelsOf(db, di)) levels.set(each.di, each);
      const { units, unknown } = countUnits(
        [...levels.values()],
        dis.map((di) => ({ di, count: 1 })),
      );
      return {
        units,
        total: units.reduce((sum, { count }) => sum + count, 0),
        scanned: lines.length,
        unknown,
        unknownLines: unknown.join('\n'),
      };
    },
  }),
});
