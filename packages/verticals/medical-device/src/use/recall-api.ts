import { add, subtract } from '@yunfab/core/measure';
import type { ApiBuilder, Chart, CoreFacade } from '@yunfab/core/verticals';
import { chartSchema } from '@yunfab/core/verticals';
import { z } from 'zod';
import type { MedicalDeviceConfig } from '../config.js';
import type { MedicalDeviceTables } from '../tables.js';

const tags = ['medical-device'];
const wordsSchema = z.object({ en: z.string(), zh: z.string() });
const mostPatients = 1000;

const placeView = z.object({
  organization: z.string(),
  name: wordsSchema,
  /** Units of use, exact decimals. */
  received: z.string(),
  used: z.string(),
  /** Received and neither used nor passed on: what a recall takes back. */
  left: z.string(),
});

/** Both ways of a recall: from a material or lot to the hospitals, from a hospital's use to the patients and the materials. */
export const recallApi = ({ query }: ApiBuilder<MedicalDeviceConfig>) => ({
  hospitals: query({
    permission: 'medical-device.recall.read',
    rest: { method: 'GET', path: '/medical-device/recall/{lot}/hospitals', summary: 'Who received and used what a lot went into', tags },
    input: z.object({ lot: z.uuid() }),
    output: z.object({
      lots: z.number().int(),
      places: z.array(placeView),
      received: z.string(),
      used: z.string(),
      left: z.string(),
      /** False when the history is longer than was read: narrow the start. */
      complete: z.boolean(),
      chart: chartSchema.nullable(),
    }),
    run: async ({ core }, { lot }) => {
      const { lots, places, complete } = await whereItIs(core, lot);
      return {
        lots,
        places,
        received: add('0', ...places.map(({ received }) => received)),
        used: add('0', ...places.map(({ used }) => used)),
        left: add('0', ...places.map(({ left }) => left)),
        complete,
        chart: places.length === 0 ? null : chartOf(places),
      };
    },
  }),

  patients: query({
    permission: 'medical-device.uses.read',
    rest: {
      method: 'GET',
      path: '/medical-device/recall/{lot}/patients',
      summary: "One's own uses of a lot: pseudonyms and moments",
      tags,
    },
    input: z.object({ lot: z.uuid() }),
    output: z.object({
      patients: z.array(
        z.object({ patient: z.string(), usedAt: z.iso.datetime(), quantity: z.number().int(), serial: z.string().nullable() }),
      ),
      count: z.number().int(),
      units: z.number().int(),
      lines: z.string(),
      complete: z.boolean(),
    }),
    run: async ({ db, core }, { lot }) => {
      await core.requireVisible('lot', lot);
      const rows = await db
        .withTables<MedicalDeviceTables>()
        .selectFrom('device_use')
        .select(['patient', 'used_at', 'quantity', 'serial'])
        .where('lot_id', '=', lot)
        .orderBy('id', 'desc')
        .limit(mostPatients + 1)
        .execute();
      const patients = rows.slice(0, mostPatients).map(({ used_at, ...use }) => ({ ...use, usedAt: used_at.toISOString() }));
      return {
        patients,
        count: new Set(patients.map((use) => use.patient)).size,
        units: patients.reduce((sum, { quantity }) => sum + quantity, 0),
        lines: patients.map((use) => `${use.patient} · ${use.usedAt} · ${use.quantity}${use.serial ? ` · ${use.serial}` : ''}`).join('\n'),
        complete: rows.length <= mostPatients,
      };
    },
  }),

  materials: query({
    permission: 'medical-device.recall.read',
    rest: {
      method: 'GET',
      path: '/medical-device/recall/{lot}/materials',
      summary: 'What went into a lot, as far as its maker lets one see',
      tags,
    },
    input: z.object({ lot: z.uuid() }),
    output: z.object({
      materials: z.array(
        z.object({ node: z.string(), code: z.string().nullable(), maker: wordsSchema.nullable(), step: z.number().int() }),
      ),
      /** How many there are that one may not see; each has a token instead of a name. */
      hidden: z.number().int(),
      lines: z.string(),
      complete: z.boolean(),
    }),
    run: async ({ core }, { lot }) => {
      const { nodes, cut } = await core.lifecycle.trace({ thing: lot, direction: 'backward', limit: 5000 });
      const materials = nodes
        .filter(({ step }) => step < 0)
        .map(({ node, code, maker, step }) => ({ node, code, maker: maker && maker.name, step: -step }));
      return {
        materials,
        hidden: materials.filter(({ code }) => code === null).length,
        lines: materials.map(({ code, node }) => code ?? `• ${node}`).join('\n'),
        complete: cut.backward === null || cut.backward.shown >= cut.backward.reached,
      };
    },
  }),
});

interface Place extends z.infer<typeof placeView> {}

/** What of everything that a thing went into was shipped to whom, and how much of it is used up, as far as it may be seen. */
async function whereItIs(core: CoreFacade, thing: string): Promise<{ lots: number; places: Place[]; complete: boolean }> {
  const { nodes, ends, cut } = await core.lifecycle.trace({ thing, direction: 'forward', limit: 5000 });
  const byCode = new Map<string, Place>();
  const at = ({ code, name }: { code: string; name: { en: string; zh: string } }): Place => {
    const known = byCode.get(code) ?? { organization: code, name, received: '0', used: '0', left: '0' };
    byCode.set(code, known);
    return known;
  };
  const passedOn = new Map<string, string>();
  for (const { kind, performer, receiver, quantity } of ends) {
    if (kind === 'shipped' && receiver) {
      const place = at(receiver);
      place.received = add(place.received, quantity.value);
      passedOn.set(performer.code, add(passedOn.get(performer.code) ?? '0', quantity.value));
    } else if (kind === 'used') {
      const place = at(performer);
      place.used = add(place.used, quantity.value);
    }
  }
  for (const place of byCode.values()) {
    place.left = subtract(subtract(place.received, place.used), passedOn.get(place.organization) ?? '0');
  }
  const reached = cut.forward;
  return {
    lots: nodes.filter(({ kind }) => kind === 'lot').length,
    places: [...byCode.values()],
    complete: !cut.ends && (reached === null || reached.shown >= reached.reached),
  };
}

const chartOf = (places: readonly Place[]): Chart => ({
  x: { words: { en: 'Organization', zh: '机构' }, kind: 'category' },
  y: { words: { en: 'Units', zh: '数量' } },
  series: [
    { words: { en: 'Used', zh: '已使用' }, style: 'bar', points: places.map(({ organization, used }) => [organization, Number(used)]) },
    {
      words: { en: 'To take back', zh: '待召回' },
      style: 'bar',
      points: places.map(({ organization, left }) => [organization, Number(left)]),
    },
  ],
});
