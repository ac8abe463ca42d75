import { encodeSgtin96, parseGtin, parseSgtinUri, sgtinOf, sgtinUri } from '@yunfab/core/gs1';
import type { ApiBuilder } from '@yunfab/core/verticals';
import { z } from 'zod';
import type { TireConfig } from '../config.js';
import { tireErrors } from '../errors.js';
import { makeTin } from '../tin/format.js';
import { parseTin } from '../tin/parse.js';

const symbols = (length: number) =>
  z
    .string()
    .trim()
    .toUpperCase()
    .regex(new RegExp(`^[ABCDEFHJKLMNPRTUVWXY0-9]{${length}}$`), `use ${length} symbols of 49 CFR 574.5: no G, I, O, Q, S, Z`);
const plant = symbols(3);
const wordsSchema = z.object({ en: z.string(), zh: z.string() });
const tags = ['tire'];

/** How the tires of a lot are numbered on their RFID tags: the GTIN, its company prefix, and the first serial number. */
const rfidSchema = z.object({
  gtin: z.string().max(20),
  companyPrefixLength: z.number().int().min(6).max(12),
  firstSerial: z.number().int().min(0).max(274_877_000_000),
});

/** Tires as units: each has its own number, the identification number of its birth stays when it is retreaded. */
export const lifeApi = ({ query, command }: ApiBuilder<TireConfig>) => ({
  mark: command({
    permission: 'tire.tires.mark',
    rest: { method: 'POST', path: '/tire/tires', summary: 'Give every tire of a lot its number and its TIN', tags },
    input: z.object({ lot: z.uuid(), plant, manufacturerCode: symbols(6), madeOn: z.iso.date().optional(), rfid: rfidSchema.optional() }),
    output: z.object({ tin: z.string(), tires: z.number().int(), first: z.string(), last: z.string() }),
    run: async ({ core, now }, { lot, madeOn, rfid, ...marks }) => {
      const { code, quantity } = await core.lifecycle.get(lot);
      const { units } = await core.lifecycle.lotContents(lot);
      const count = Math.floor(Number(quantity)) - units.length;
      if (count <= 0) throw tireErrors.all_marked({ lot: code, tires: units.length });
      const at = madeOn === undefined ? now : new Date(madeOn);
      const tin = makeTin({ ...marks, madeOn: at });
      requireTin(tin, 'new', at, now);
      const serials = Array.from({ length: count }, (_, i) => `${code}-${String(units.length + i + 1).padStart(4, '0')}`);
      const tags = rfid ? tagsOf(rfid, count) : [];
      const made = await core.lifecycle.makeUnits({ lot, serials, itemCode: '', identifiers: [{ scheme: 'tin', value: tin }] });
      for (const [i, value] of tags.entries())
        await core.lifecycle.assignIdentifier({ thing: made.units[i]?.id ?? '', scheme: 'sgtin', value });
      await core.appendEvent({ type: 'tire.tires_marked', record: lot, body: { lot: code, tin, tires: count } });
      return { tin, tires: count, first: serials[0] ?? '', last: serials.at(-1) ?? '' };
    },
  }),

  retread: command({
    permission: 'tire.tires.mark',
    rest: {
      method: 'POST',
      path: '/tire/tires/{unit}/retreads',
      summary: 'Record a retread under its own TIN; that of the birth stays',
      tags,
    },
    input: z.object({ unit: z.uuid(), plant, retreadedOn: z.iso.date().optional() }),
    output: z.object({ tin: z.string(), births: z.array(z.string()), retreads: z.array(z.string()) }),
    run: async ({ core, now }, { unit, retreadedOn, plant: retreader }) => {
      const at = retreadedOn === undefined ? now : new Date(retreadedOn);
      const tin = makeTin({ plant: retreader, manufacturerCode: null, madeOn: at });
      requireTin(tin, 'retread', at, now);
      const { births } = tinsOf(await core.lifecycle.getUnit(unit), now);
      if (births.length === 0) throw tireErrors.not_marked({ unit });
      await core.lifecycle.assignIdentifier({ thing: unit, scheme: 'tin', value: tin });
      await core.lifecycle.recordActivity({
        kind: 'serviced',
        outputs: [{ thing: unit }],
        at: at.toISOString(),
        note: 'Retreaded / 翻新',
        details: { tin },
      });
      const after = tinsOf(await core.lifecycle.getUnit(unit), now);
      return { tin, births: after.births, retreads: after.retreads };
    },
  }),

  life: query({
    permission: 'tire.size.read',
    rest: { method: 'GET', path: '/tire/tires/{unit}', summary: 'The life of a tire: its birth, its retreads and what befell it', tags },
    input: z.object({ unit: z.uuid() }),
    output: z.object({
      serial: z.string(),
      lot: z.string().nullable(),
      state: wordsSchema,
      births: z.array(z.string()),
      retreads: z.array(z.string()),
      /** Sunday of the week in which it was made. */
      bornInWeekOf: z.iso.date().nullable(),
      /** What its RFID tag holds (ISO 20909), 24 hexadecimal digits; null without one. */
      sgtin96: z.string().nullable(),
      proofs: z.number().int(),
    }),
    run: async ({ core, now }, { unit: id }) => {
      const page = await core.lifecycle.getUnit(id);
      const { births, retreads } = tinsOf(page, now);
      const [birth] = births;
      return {
        serial: page.unit.serial,
        lot: page.unit.lot?.code ?? null,
        state: page.unit.stateWords,
        births,
        retreads,
        bornInWeekOf: birth === undefined ? null : (parseTin(birth, now).identification?.weekBegins ?? null),
        sgtin96: tagContents(page.identifiers),
        proofs: page.evidence.length,
      };
    },
  }),
});

/** TINs of a unit by what they are: 7 symbols are a retread's. */
function tinsOf({ identifiers }: { readonly identifiers: readonly { readonly scheme: string; readonly value: string }[] }, now: Date) {
  const tins = identifiers.filter(({ scheme }) => scheme === 'tin').map(({ value }) => value);
  const isRetread = (tin: string) => parseTin(tin, now).identification?.kind === 'retread';
  return { births: tins.filter((tin) => !isRetread(tin)), retreads: tins.filter(isRetread) };
}

/** One URI a tire (EPC Tag Data Standard), serial numbers running on; each fits a tag of 96 bits. */
function tagsOf({ gtin: given, companyPrefixLength, firstSerial }: z.output<typeof rfidSchema>, count: number): string[] {
  const { gtin } = parseGtin(given);
  if (gtin === null) throw tireErrors.gtin_refused({ gtin: given });
  return Array.from({ length: count }, (_, i) => sgtinUri(sgtinOf(gtin, companyPrefixLength, String(firstSerial + i))));
}

function tagContents(identifiers: readonly { readonly scheme: string; readonly value: string }[]): string | null {
  const uri = identifiers.find(({ scheme }) => scheme === 'sgtin')?.value;
  const sgtin = uri === undefined ? null : parseSgtinUri(uri);
  return sgtin && encodeSgtin96(sgtin);
}

/** A date in the future would be read as one of another century, or as three digits of before 2000. */
function requireTin(tin: string, kind: 'new' | 'retread', madeOn: Date, now: Date): void {
  if (madeOn > now || parseTin(tin, now).identification?.kind !== kind) throw tireErrors.tin_refused({ tin });
}
