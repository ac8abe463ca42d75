import { newId } from '@yunfab/core/database';
import { decimalSchema } from '@yunfab/core/measure';
import { type ApiBuilder, drawingSchema, type VerticalCall } from '@yunfab/core/verticals';
import { z } from 'zod';
import { landmarkNames } from '../body/index.js';
import type { ApparelConfig } from '../config.js';
import { apparelErrors } from '../errors.js';
import { patternDrawing, patternSvg } from '../export/index.js';
import { choiceSchema, operationsSchema, optionsSchema, patternOf } from '../garment/stored.js';
import { type Choice, designOf, dxfOf } from '../made-to-measure/design.js';
import { priceOf } from '../made-to-measure/price.js';
import { totalSam } from '../routing/index.js';
import { fitWords } from '../specification.js';
import type { ApparelTables } from '../tables.js';
import { bodyInput, choiceInput, measurementSet, pageFields, tags } from './inputs.js';

const permission = 'apparel.orders.manage';
/** What a wearer is shown and agrees to; the answer keeps it word for word. */
const consentText =
  '我同意为制作本次所订服装而保存和使用我的人体尺寸，并可随时撤回。I agree that my measurements are kept and used to make the garment ordered here; I may withdraw this at any time.';

type Row = ApparelTables['made_to_measure'];

const orderView = z.object({
  id: z.uuid(),
  number: z.string(),
  consumerOrder: z.uuid(),
  consumerOrderVersion: z.number().int().nullable(),
  order: z.uuid().nullable(),
  garment: z.string(),
  fit: z.string(),
  size: z.string().nullable(),
  digest: z.string(),
  /** Whether the pattern is still kept. */
  pattern: z.boolean(),
  sam: z.number(),
  createdAt: z.iso.datetime(),
});

function view(row: Row, consumerOrderVersion: number | null = null): z.input<typeof orderView> {
  return {
    id: row.id,
    number: row.number,
    consumerOrder: row.consumer_order,
    consumerOrderVersion,
    order: row.order_id,
    garment: row.garment,
    fit: row.fit,
    size: row.size_label,
    digest: row.digest,
    pattern: row.pattern !== null,
    sam: totalSam(operationsSchema.parse(row.routing)),
    createdAt: row.created_at.toISOString(),
  };
}

async function orderOf({ db }: Pick<VerticalCall<ApparelConfig>, 'db'>, id: string): Promise<Row> {
  const row = await db.withTables<ApparelTables>().selectFrom('made_to_measure').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw apparelErrors.order_unknown({ id });
  return row;
}

/** Orders of persons: measured with consent, drafted, priced, sent to a factory, erased when consent ends. */
export const madeToMeasureProcedures = ({ query, command }: ApiBuilder<ApparelConfig>) => ({
  madeToMeasure: {
    place: command({
      permission,
      rest: {
        method: 'POST',
        path: '/apparel/made-to-measure',
        summary: 'Place the order of a person: size, pattern, price and routing',
        tags,
      },
      input: z.object({
        ...bodyInput,
        ...choiceInput,
        number: z.string().trim().min(1).max(60),
        name: z.string().trim().min(1).max(120),
        email: z.email().max(254).optional(),
        address: z.string().trim().min(1).max(300).optional(),
        /** Whether the person agreed to the text that the answer's consumer order keeps. */
        consent: z.boolean().default(false),
      }),
      output: z.object({ ...orderView.shape, price: z.string(), currency: z.string(), consent: z.string() }),
      run: async ({ db, core, organization, now, config }, input) => {
        const { number, name, email, address, consent } = input;
        if (!consent) throw apparelErrors.consent_needed({ number });
        const choice: Choice = { ...input, monogram: input.monogram ?? null };
        const design = designOf(measurementSet(input), choice);
        const price = priceOf(choice.garment, choice, config);
        const tables = db.withTables<ApparelTables>();
        if (
          await tables
            .selectFrom('made_to_measure')
            .select('id')
            .where('organization', '=', organization)
            .where('number', '=', number)
            .executeTakeFirst()
        )
          throw apparelErrors.number_taken({ number });
        const placed = await core.commerce.placeConsumerOrder({
          number,
          description: describe(choice),
          specification: specificationOf(choice, design.sizeLabel, design.digest),
          unit: 'H87',
          price: { amount: price, currency: config.currency },
          person: { name, ...(email === undefined ? {} : { email }), ...(address === undefined ? {} : { address }) },
          measurements: Object.fromEntries(landmarkNames.map((each) => [each, { value: String(design.body[each]), unit: 'CMT' as const }])),
          consent: { text: consentText, givenAt: now.toISOString() },
        });
        const row: Row = {
          id: newId(),
          organization,
          consumer_order: placed.id,
          order_id: null,
          number,
          garment: choice.garment,
          fit: choice.fit,
          options: JSON.stringify({ chest_pocket: choice.chest_pocket, turn_up: choice.turn_up, monogram: choice.monogram }),
          size_label: design.sizeLabel,
          routing: JSON.stringify(design.routing),
          sex: design.body.sex,
          pattern: JSON.stringify(design.pattern),
          digest: design.digest,
          created_at: now,
        };
        await tables.insertInto('made_to_measure').values(row).execute();
        await core.appendEvent({ type: 'apparel.made_to_measure_placed', record: placed.id, body: { number, digest: design.digest } });
        return {
          ...view({ ...row, routing: [...design.routing] }, placed.version),
          price,
          currency: config.currency,
          consent: consentText,
        };
      },
    }),
    list: query({
      permission: 'apparel.garments.read',
      rest: {
        method: 'GET',
        path: '/apparel/made-to-measure',
        summary: 'Orders of persons, own ones and those to be made, newest first',
        tags,
      },
      input: z.object(pageFields),
      output: z.object({ items: z.array(orderView), next: z.string().nullable() }),
      run: async ({ db }, { limit, cursor }) => {
        const asked = db
          .withTables<ApparelTables>()
          .selectFrom('made_to_measure')
          .selectAll()
          .orderBy('id', 'desc')
          .limit(limit + 1);
        const rows = await (cursor === undefined ? asked : asked.where('id', '<', cursor)).execute();
        return { items: rows.slice(0, limit).map((row) => view(row)), next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
      },
    }),
    send: command({
      permission,
      rest: {
        method: 'POST',
        path: '/apparel/made-to-measure/{id}/send',
        summary: 'Order the garment from a factory, which then sees the pattern',
        tags,
      },
      input: z.object({
        id: z.uuid(),
        /** Code of the factory. */
        supplier: z.string().regex(/^[a-z0-9-]{1,40}$/),
        /** Own number of the shared order; that of the consumer order when left out. */
        ownNumber: z.string().trim().min(1).max(60).optional(),
        unitPrice: decimalSchema,
        dueInDays: z.number().int().min(1).max(120).default(10),
      }),
      output: z.object({
        id: z.uuid(),
        order: z.uuid(),
        orderVersion: z.number().int(),
        line: z.uuid(),
        consumerOrderVersion: z.number().int(),
      }),
      run: async ({ db, core, now, config }, { id, supplier, ownNumber, unitPrice, dueInDays }) => {
        const row = await orderOf({ db }, id);
        if (row.order_id !== null) throw apparelErrors.already_sent({ number: row.number });
        if (row.pattern === null) throw apparelErrors.measurements_erased({ number: row.number });
        const choice: Choice = { ...choiceSchema.parse(row), ...optionsSchema.parse(row.options) };
        const order = await core.orders.propose({
          supplier,
          ownNumber: ownNumber ?? row.number,
          currency: config.currency,
          dueOn: new Date(now.getTime() + dueInDays * 86_400_000).toISOString().slice(0, 10),
          lines: [
            {
              description: describe(choice),
              specification: specificationOf(choice, row.size_label, row.digest),
              quantity: { value: '1', unit: 'H87' },
              unitPrice,
            },
          ],
        });
        const [line] = order.lines;
        const consumer = await core.commerce.getConsumerOrder(row.consumer_order);
        const linked = await core.commerce.linkConsumerOrder({
          consumerOrder: consumer.id,
          version: consumer.version,
          order: order.id,
          ...(line ? { orderLine: line.id } : {}),
        });
        await db.withTables<ApparelTables>().updateTable('made_to_measure').set({ order_id: order.id }).where('id', '=', id).execute();
        return { id, order: order.id, orderVersion: order.version, line: line?.id ?? order.id, consumerOrderVersion: linked.version };
      },
    }),
    pattern: query({
      permission: 'apparel.garments.read',
      rest: {
        method: 'GET',
        path: '/apparel/made-to-measure/{id}/pattern',
        summary: 'The pattern of an order, for its brand and its factory',
        tags,
      },
      input: z.object({ id: z.uuid(), format: z.enum(['svg', 'dxf']).default('dxf') }),
      output: z.object({ number: z.string(), content: z.string(), digest: z.string(), drawing: drawingSchema }),
      run: async ({ db }, { id, format }) => {
        const row = await orderOf({ db }, id);
        const pattern = patternOf(row.pattern);
        if (!pattern) throw apparelErrors.measurements_erased({ number: row.number });
        return {
          number: row.number,
          content:
            format === 'dxf'
              ? dxfOf(pattern, row.size_label)
              : patternSvg(pattern, { label: `${row.number} ${row.size_label ?? ''}`.trim() }),
          digest: row.digest,
          drawing: patternDrawing(pattern),
        };
      },
    }),
    withdraw: command({
      permission,
      rest: {
        method: 'POST',
        path: '/apparel/made-to-measure/{id}/withdraw',
        summary: 'The person withdraws consent: measurements and pattern are erased',
        tags,
      },
      input: z.object({ id: z.uuid() }),
      output: orderView,
      run: async ({ db, core }, { id }) => {
        const row = await orderOf({ db }, id);
        const { id: consumerOrder, version } = await core.commerce.getConsumerOrder(row.consumer_order);
        await core.commerce.withdrawConsumerConsent({ consumerOrder, version });
        await db
          .withTables<ApparelTables>()
          .updateTable('made_to_measure')
          .set({ sex: null, pattern: null })
          .where('id', '=', id)
          .execute();
        return view({ ...row, pattern: null }, version + 1);
      },
    }),
  },
});

const garmentWords = { shirt: { en: 'Shirt', zh: '衬衫' }, trousers: { en: 'Trousers', zh: '裤子' } } as const;

const describe = ({ garment, fit }: Choice): string =>
  `${garmentWords[garment].zh}（${fitWords[fit].zh}） / ${garmentWords[garment].en}, ${fitWords[fit].en}`;

function specificationOf({ garment, fit, chest_pocket, turn_up, monogram }: Choice, sizeLabel: string | null, digest: string) {
  return {
    schema: 'apparel/made-to-measure@1',
    value: {
      garment,
      fit,
      chest_pocket,
      turn_up,
      ...(sizeLabel === null ? {} : { size_label: sizeLabel }),
      ...(monogram === null ? {} : { monogram }),
      pattern_digest: digest,
    },
  };
}
