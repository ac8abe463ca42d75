import { newId } from '@yunfab/core/database';
import type { Issue } from '@yunfab/core/errors';
import type { ApiBuilder, VerticalCall } from '@yunfab/core/verticals';
import { z } from 'zod';
import type { MedicalDeviceConfig } from '../config.js';
import { medicalDeviceErrors } from '../errors.js';
import type { MedicalDeviceTables } from '../tables.js';
import { encodeUdi } from './encode.js';
import { issuers, issuerWords, nothingKnown } from './identification.js';
import { levelsOf } from './package-levels.js';
import { unitsIn } from './packaging.js';
import { parseUdi } from './parse.js';
import { requireUdi } from './read.js';

const tags = ['medical-device'];
const wordsSchema = z.object({ en: z.string(), zh: z.string() });
const issuesSchema = z.array(z.object({ at: z.string(), words: wordsSchema }));
const scan = z.string().min(1).max(500);
const deviceFields = {
  lot: z.string().max(30).nullable().default(null),
  serial: z.string().max(30).nullable().default(null),
  expiry: z.iso.date().nullable().default(null),
  manufactured: z.iso.date().nullable().default(null),
};
const identificationView = z.object({
  issuer: z.enum(issuers).nullable(),
  issuerWords: wordsSchema.nullable(),
  di: z.string().nullable(),
  lot: z.string().nullable(),
  serial: z.string().nullable(),
  donation: z.string().nullable(),
  expiry: z.string().nullable(),
  manufactured: z.string().nullable(),
  packagingLevel: z.number().int().nullable(),
  quantity: z.number().int().nullable(),
});
const labelView = z.object({
  id: z.uuid(),
  lot: z.uuid(),
  issuer: z.enum(issuers),
  di: z.string(),
  lotNumber: z.string(),
  expiry: z.string().nullable(),
  manufactured: z.string().nullable(),
  /** As the symbol carries it; of GS1 without the leading FNC1. */
  code: z.string(),
  printed: z.string(),
  createdAt: z.iso.datetime(),
});

/** Codes of devices: read, written, and given to lots. */
export const udiApi = ({ query, command }: ApiBuilder<MedicalDeviceConfig>) => ({
  parse: query({
    permission: 'medical-device.udi.read',
    rest: { method: 'GET', path: '/medical-device/udi', summary: 'Read a device code of any issuer, with its parts or every issue', tags },
    input: z.object({ scan }),
    output: z.object({
      identification: identificationView,
      parts: z.array(z.object({ mark: z.string(), words: wordsSchema, raw: z.string(), value: z.string() })),
      issues: issuesSchema,
      /** Parts and issues as lines that people read. */
      partLines: wordsSchema,
      issueLines: wordsSchema,
    }),
    run: async ({ now }, { scan: text }) => {
      const { parts, issues, ...identification } = parseUdi(text, now);
      return {
        identification: { ...identification, issuerWords: identification.issuer && issuerWords[identification.issuer] },
        parts: [...parts],
        issues: [...issues],
        partLines: {
          en: parts.map(({ mark, words, value }) => `${mark} ${words.en}: ${value}`.trim()).join('\n'),
          zh: parts.map(({ mark, words, value }) => `${mark} ${words.zh}：${value}`.trim()).join('\n'),
        },
        issueLines: inLines(issues),
      };
    },
  }),

  encode: query({
    permission: 'medical-device.udi.read',
    rest: { method: 'GET', path: '/medical-device/udi/encoded', summary: 'Write a device code, or every issue against it', tags },
    input: z.object({ issuer: z.enum(issuers), di: z.string().min(1).max(40), ...deviceFields }),
    output: z.object({ code: z.string().nullable(), printed: z.string().nullable(), issues: issuesSchema, issueLines: wordsSchema }),
    run: async ({ now }, device) => {
      const encoded = encodeUdi({ ...nothingKnown, ...device }, now);
      if (encoded.ok) return { code: encoded.text, printed: encoded.printed, issues: [], issueLines: { en: '', zh: '' } };
      return { code: null, printed: null, issues: [...encoded.issues], issueLines: inLines(encoded.issues) };
    },
  }),

  assign: command({
    permission: 'medical-device.udi.assign',
    rest: { method: 'POST', path: '/medical-device/labels', summary: 'Give a lot the UDI that its labels carry', tags },
    input: z.object({
      lot: z.uuid(),
      /** The device identifier of the unit of use: a GTIN, or any code that holds it. */
      di: scan,
      /** As printed; left out, the code of the lot. */
      lotNumber: z.string().trim().min(1).max(20).optional(),
      expiry: z.iso.date().optional(),
      manufactured: z.iso.date().optional(),
    }),
    output: labelView,
    run: async (call, input) => {
      const { code: lotCode, own } = await call.core.lifecycle.get(input.lot);
      if (!own) throw medicalDeviceErrors.device_unknown({ di: input.di.slice(0, 60), lot: lotCode });
      const { issuer, di } = requireUdi(input.di, call.now);
      const device = {
        ...nothingKnown,
        issuer: issuer ?? 'gs1',
        di,
        lot: input.lotNumber ?? lotCode,
        expiry: input.expiry ?? null,
        manufactured: input.manufactured ?? null,
      };
      const encoded = encodeUdi(device, call.now);
      if (!encoded.ok) throw medicalDeviceErrors.code_refused({ lot: lotCode, at: encoded.issues[0]?.at || 'UDI', issues: encoded.issues });
      const row = {
        id: newId(),
        organization: call.organization,
        lot_id: input.lot,
        issuer: device.issuer,
        di,
        lot_number: device.lot,
        expiry: device.expiry,
        manufactured: device.manufactured,
        code: encoded.text,
        printed: encoded.printed,
        created_at: call.now,
      };
      await keepLabel(call, row, lotCode);
      await call.core.lifecycle.assignIdentifier({ thing: input.lot, scheme: 'udi-di', value: di });
      return viewLabel(row);
    },
  }),

  labels: query({
    permission: 'medical-device.udi.read',
    rest: { method: 'GET', path: '/medical-device/labels', summary: 'List the labels of lots that may be seen, newest first', tags },
    input: z.object({ limit: z.number().int().min(1).max(100).default(50), cursor: z.uuid().optional() }),
    output: z.object({ items: z.array(labelView), next: z.string().nullable() }),
    run: async ({ db }, { limit, cursor }) => {
      let found = db.withTables<MedicalDeviceTables>().selectFrom('udi_label').selectAll();
      if (cursor !== undefined) found = found.where('id', '<', cursor);
      const rows = await found
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      const items = rows.slice(0, limit).map(viewLabel);
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  }),
});

type LabelRow = MedicalDeviceTables['udi_label'];

/** The label, and under which identifiers the lot is packed. */
async function keepLabel({ db, organization }: VerticalCall<MedicalDeviceConfig>, row: LabelRow, lotCode: string): Promise<void> {
  const tables = db.withTables<MedicalDeviceTables>();
  const made = await tables
    .insertInto('udi_label')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  if (made.length === 0) throw medicalDeviceErrors.lot_labelled({ lot: lotCode, di: row.di, number: row.lot_number });
  const levels = await levelsOf(db, row.di);
  const packages = levels.flatMap(({ di, level }) => {
    const inside = unitsIn(levels, di);
    return inside?.di === row.di ? [{ di, level, units: inside.quantity }] : [];
  });
  const known = packages.length > 0 ? packages : [{ di: row.di, level: 'unit' as const, units: 1 }];
  await tables
    .insertInto('udi_package')
    .values(known.map((each) => ({ id: newId(), organization, lot_id: row.lot_id, ...each })))
    .execute();
}

const viewLabel = ({ lot_id, lot_number, created_at, organization: _own, ...row }: LabelRow) => ({
  ...row,
  lot: lot_id,
  lotNumber: lot_number,
  createdAt: created_at.toISOString(),
});

const inLines = (issues: readonly Issue[]) => ({
  en: issues.map(({ words }) => words.en).join('\n'),
  zh: issues.map(({ words }) => words.zh).join('\n'),
});
