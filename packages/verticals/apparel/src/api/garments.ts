import { newId } from '@yunfab/core/database';
import { type ApiBuilder, chartSchema, type VerticalCall } from '@yunfab/core/verticals';
import { z } from 'zod';
import type { ApparelConfig } from '../config.js';
import { apparelErrors } from '../errors.js';
import { checkFinished } from '../garment/final-check.js';
import { type GarmentRow, garmentByTag, operationsOf, readsOf } from '../garment/record.js';
import { choiceSchema, patternOf, piecesSchema, wordsOf } from '../garment/stored.js';
import { dwellChart } from '../made-to-measure/chart.js';
import { digestOf, dxfOf } from '../made-to-measure/design.js';
import { checkRead, mixedShades, overdueDwells, progressOf, type ShadedPiece, type TagRead } from '../routing/index.js';
import type { ApparelTables } from '../tables.js';
import { codeSchema, pageFields, tagSchema, tags, wordsSchema } from './inputs.js';

const manage = 'apparel.garments.manage';
const read = 'apparel.garments.read';

type Call = VerticalCall<ApparelConfig>;

const garmentView = z.object({
  id: z.uuid(),
  tag: z.string(),
  number: z.string(),
  summary: z.string(),
  order: z.uuid(),
  lot: z.uuid().nullable(),
  unit: z.uuid().nullable(),
  shade: z.string().nullable(),
  done: z.number().int(),
  operations: z.number().int(),
  /** The operation that it is in, with its station. */
  here: z.string().nullable(),
  next: z.string(),
  complete: z.boolean(),
  checkHolds: z.boolean().nullable(),
  checkWords: wordsSchema.nullable(),
});

async function view({ db }: Pick<Call, 'db'>, row: GarmentRow): Promise<z.input<typeof garmentView>> {
  const routing = operationsOf(row);
  const progress = progressOf(routing, await readsOf(db, row.id));
  return {
    id: row.id,
    tag: row.tag,
    number: row.number,
    summary: row.summary,
    order: row.order_id,
    lot: row.lot,
    unit: row.unit,
    shade: row.pieces === null ? null : (piecesSchema.parse(row.pieces)[0]?.shade ?? null),
    done: progress.done.length,
    operations: routing.length,
    here: progress.at && `${progress.at.operation} @ ${progress.at.station}`,
    next: progress.ready.join(', '),
    complete: progress.complete,
    checkHolds: row.check_holds,
    checkWords: wordsOf(row.check_words),
  };
}

const stepView = z.object({
  operation: z.string(),
  words: wordsSchema,
  sam: z.number(),
  state: z.enum(['done', 'here', 'ready', 'waiting']),
  station: z.string().nullable(),
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
});

const millimetres = z.number().positive().max(3000).optional();
const measuredInput = {
  collar: millimetres,
  chest: millimetres,
  waist: millimetres,
  hip: millimetres,
  shoulder: millimetres,
  sleeve: millimetres,
  cuff: millimetres,
  inseam: millimetres,
  length: millimetres,
};

const readInput = z.object({ operation: codeSchema, direction: z.enum(['in', 'out']), station: codeSchema });

/** One tagged garment from its first cut to its final check. */
export const garmentProcedures = ({ query, command }: ApiBuilder<ApparelConfig>) => ({
  garments: {
    begin: command({
      permission: manage,
      rest: { method: 'POST', path: '/apparel/garments', summary: 'Begin one garment under its tag, with its own routing', tags },
      input: z.object({ madeToMeasure: z.uuid(), tag: tagSchema, lot: z.uuid().optional() }),
      output: garmentView,
      run: async ({ db, core, organization, now }, { madeToMeasure, tag, lot }) => {
        const tables = db.withTables<ApparelTables>();
        const order = await tables.selectFrom('made_to_measure').selectAll().where('id', '=', madeToMeasure).executeTakeFirst();
        if (!order) throw apparelErrors.order_unknown({ id: madeToMeasure });
        if (order.order_id === null) throw apparelErrors.not_sent({ number: order.number });
        const pattern = patternOf(order.pattern);
        if (!pattern || digestOf(dxfOf(pattern, order.size_label)) !== order.digest)
          throw apparelErrors.measurements_erased({ number: order.number });
        if (
          await tables.selectFrom('garment').select('id').where('organization', '=', organization).where('tag', '=', tag).executeTakeFirst()
        )
          throw apparelErrors.tag_taken({ tag });
        const made =
          lot === undefined
            ? undefined
            : await core.lifecycle.makeUnits({ lot, serials: [tag], itemCode: `MTM-${order.garment.toUpperCase()}`, identifiers: [] });
        const row: GarmentRow = {
          id: newId(),
          organization,
          made_to_measure: order.id,
          order_id: order.order_id,
          lot: lot ?? null,
          unit: made?.units[0]?.id ?? null,
          tag,
          number: order.number,
          summary: [order.garment, order.fit, order.size_label].filter((part) => part !== null).join(' '),
          routing: JSON.stringify(order.routing),
          pieces: null,
          measured: null,
          check_holds: null,
          check_words: null,
          created_at: now,
        };
        await tables.insertInto('garment').values(row).execute();
        await core.appendEvent({ type: 'apparel.garment_begun', record: order.order_id, body: { tag, number: order.number } });
        return view({ db }, { ...row, routing: order.routing });
      },
    }),
    cut: command({
      permission: manage,
      rest: {
        method: 'POST',
        path: '/apparel/garments/{tag}/cut',
        summary: 'Say which rolls the pieces come from; one shade lot only',
        tags,
      },
      input: z.object({
        tag: tagSchema,
        /** Of all pieces, unless `others` says another. */
        roll: codeSchema,
        others: z
          .array(z.object({ piece: codeSchema, roll: codeSchema }))
          .max(40)
          .default([]),
        /** m of fabric that it took. */
        metres: z.number().positive().max(20).default(2),
      }),
      output: garmentView,
      run: async ({ db, core }, { tag, roll, others, metres }) => {
        const tables = db.withTables<ApparelTables>();
        const garment = await garmentByTag(db, tag);
        const order = await tables.selectFrom('made_to_measure').selectAll().where('id', '=', garment.made_to_measure).executeTakeFirst();
        const pattern = patternOf(order?.pattern ?? null);
        if (!pattern) throw apparelErrors.measurements_erased({ number: garment.number });
        const names = pattern.pieces.map(({ id }) => id);
        for (const { piece } of others)
          if (!names.includes(piece)) throw apparelErrors.piece_unknown({ tag, piece, pieces: names.join(', ') });
        const wanted = [...new Set([roll, ...others.map((other) => other.roll)])];
        const rolls = new Map(
          (await tables.selectFrom('fabric_roll').selectAll().where('code', 'in', wanted).execute()).map((each) => [each.code, each]),
        );
        for (const code of wanted) if (!rolls.has(code)) throw apparelErrors.roll_unknown({ roll: code });
        const pieces = names.map((piece): ShadedPiece => {
          const from = others.find((other) => other.piece === piece)?.roll ?? roll;
          return { piece, roll: from, shade: rolls.get(from)?.shade ?? '' };
        });
        const lots = mixedShades(pieces);
        if (lots !== null) throw apparelErrors.shade_mixed({ tag, lots });
        await tables
          .updateTable('garment')
          .set({ pieces: JSON.stringify(pieces) })
          .where('id', '=', garment.id)
          .execute();
        const fabric = rolls.get(roll)?.lot;
        if (garment.unit !== null && fabric !== undefined && garment.pieces === null)
          await core.lifecycle.recordActivity({
            kind: 'made',
            inputs: [{ thing: fabric, quantity: String(metres) }],
            outputs: [{ thing: garment.unit }],
            note: `Cut from roll ${roll}`,
          });
        return view({ db }, { ...garment, pieces });
      },
    }),
    read: command({
      permission: manage,
      rest: {
        method: 'POST',
        path: '/apparel/garments/{tag}/reads',
        summary: 'What the readers at the stations saw of a tag, in order',
        tags,
      },
      input: z.object({ tag: tagSchema, reads: z.array(readInput).min(1).max(100) }),
      output: garmentView,
      run: async (call, { tag, reads }) => pass(call, await garmentByTag(call.db, tag), reads),
    }),
    move: command({
      permission: manage,
      rest: { method: 'POST', path: '/apparel/garments/{tag}/move', summary: 'One read of a tag, by hand', tags },
      input: z.object({ tag: tagSchema, ...readInput.shape }),
      output: garmentView,
      run: async (call, { tag, ...one }) => pass(call, await garmentByTag(call.db, tag), [one]),
    }),
    check: command({
      permission: 'apparel.garments.check',
      rest: {
        method: 'POST',
        path: '/apparel/garments/{tag}/check',
        summary: 'Final check: measure the garment against its own pattern, mm',
        tags,
      },
      input: z.object({ tag: tagSchema, ...measuredInput }),
      output: garmentView,
      run: async ({ db, core }, { tag, ...given }) => {
        const tables = db.withTables<ApparelTables>();
        const garment = await garmentByTag(db, tag);
        const order = await tables.selectFrom('made_to_measure').selectAll().where('id', '=', garment.made_to_measure).executeTakeFirst();
        const pattern = patternOf(order?.pattern ?? null);
        if (!pattern) throw apparelErrors.measurements_erased({ number: garment.number });
        const measured = Object.fromEntries(Object.entries(given).filter((entry): entry is [string, number] => entry[1] !== undefined));
        const { holds, words } = checkFinished(choiceSchema.parse(order).garment, pattern.finished, measured);
        await tables
          .updateTable('garment')
          .set({ measured: JSON.stringify(measured), check_holds: holds, check_words: JSON.stringify(words) })
          .where('id', '=', garment.id)
          .execute();
        if (garment.unit !== null)
          await core.lifecycle.recordActivity({ kind: 'inspected', inputs: [{ thing: garment.unit }], note: words.en.slice(0, 2000) });
        return view({ db }, { ...garment, measured, check_holds: holds, check_words: words });
      },
    }),
    list: query({
      permission: read,
      rest: { method: 'GET', path: '/apparel/garments', summary: 'Tagged garments, own ones and those of own orders, newest first', tags },
      input: z.object(pageFields),
      output: z.object({ items: z.array(garmentView), next: z.string().nullable() }),
      run: async ({ db }, { limit, cursor }) => {
        const asked = db
          .withTables<ApparelTables>()
          .selectFrom('garment')
          .selectAll()
          .orderBy('id', 'desc')
          .limit(limit + 1);
        const rows = await (cursor === undefined ? asked : asked.where('id', '<', cursor)).execute();
        const items = [];
        for (const row of rows.slice(0, limit)) items.push(await view({ db }, row));
        return { items, next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
      },
    }),
    track: query({
      permission: read,
      rest: { method: 'GET', path: '/apparel/garments/{tag}', summary: 'Where a garment is and has been, operation by operation', tags },
      input: z.object({ tag: tagSchema }),
      output: z.object({
        garment: garmentView,
        overdue: z.string(),
        steps: z.array(stepView),
        chart: chartSchema,
      }),
      run: async ({ db, now }, { tag }) => {
        const row = await garmentByTag(db, tag);
        const routing = operationsOf(row);
        const reads = await readsOf(db, row.id);
        const progress = progressOf(routing, reads);
        const overdue = overdueDwells(routing, reads, now);
        return {
          garment: await view({ db }, row),
          overdue: [...overdue].map(([operation, minutes]) => `${operation} +${minutes} min`).join(', '),
          steps: routing.map(({ id, words, sam }): z.input<typeof stepView> => {
            const into = reads.find(({ operation, direction }) => operation === id && direction === 'in');
            const out = reads.find(({ operation, direction }) => operation === id && direction === 'out');
            const state =
              progress.at?.operation === id
                ? 'here'
                : progress.done.includes(id)
                  ? 'done'
                  : progress.ready.includes(id)
                    ? 'ready'
                    : 'waiting';
            return { operation: id, words, sam, state, station: into?.station ?? null, from: into?.at ?? null, to: out?.at ?? null };
          }),
          chart: dwellChart(routing, reads),
        };
      },
    }),
  },
});

async function pass(
  { db, core, organization, now }: Call,
  garment: GarmentRow,
  reads: readonly Omit<TagRead, 'at'>[],
): Promise<z.input<typeof garmentView>> {
  const routing = operationsOf(garment);
  const known = await readsOf(db, garment.id);
  for (const each of reads) {
    const problem = checkRead(routing, progressOf(routing, known), each);
    if (problem) throw apparelErrors[problem.code]({ tag: garment.tag, ...problem.details });
    if (each.operation === 'cut' && each.direction === 'out' && garment.pieces === null) throw apparelErrors.not_cut({ tag: garment.tag });
    known.push({ ...each, at: now.toISOString() });
    await db
      .withTables<ApparelTables>()
      .insertInto('tag_read')
      .values({ id: newId(), organization, order_id: garment.order_id, garment: garment.id, ...each, read_at: now })
      .execute();
  }
  const last = reads.at(-1);
  await core.appendEvent({
    type: 'apparel.garment_moved',
    record: garment.order_id,
    body: { tag: garment.tag, ...(last ? { operation: last.operation, direction: last.direction, station: last.station } : {}) },
  });
  return view({ db }, garment);
}
