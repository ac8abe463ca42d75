import { newId } from '@yunfab/core/database';
import { currencySchema, moneySchema, nonNegativeDecimalSchema, positiveDecimalSchema } from '@yunfab/core/measure';
import { type ApiBuilder, chartSchema, drawingSchema, type VerticalCall } from '@yunfab/core/verticals';
import { z } from 'zod';
import { drawBoothCode } from '../booth/code.js';
import type { FishingGearConfig } from '../config.js';
import { fishingGearErrors } from '../errors.js';
import { type ExportCosting, type ExportPrice, priceExport, priceUnder } from '../quotation/export-price.js';
import { blankSpecification } from '../specification.js';

const tags = ['fishing-gear'];
const wordsSchema = z.object({ en: z.string(), zh: z.string() });
const part = z.string().regex(/^0(\.\d{1,6})?$/, 'must be a part of one such as "0.13" for 13 %');

const costingFields = {
  purchase: positiveDecimalSchema,
  vatRate: part.default('0.13'),
  rebateRate: part.default('0.13'),
  domesticCosts: nonNegativeDecimalSchema.default('0'),
  margin: part.default('0.1'),
  currency: currencySchema.default('USD'),
  exchangeRate: positiveDecimalSchema,
  quantity: positiveDecimalSchema,
  perCarton: z.coerce.number().int().positive().max(100_000),
  cartonLength: positiveDecimalSchema,
  cartonWidth: positiveDecimalSchema,
  cartonHeight: positiveDecimalSchema,
  cartonGrossWeight: positiveDecimalSchema,
  freightPerRevenueTon: nonNegativeDecimalSchema.default('0'),
  freightMinimum: nonNegativeDecimalSchema.default('0'),
  premiumRate: part.default('0.005'),
  insuranceMarkup: part.default('0.1'),
};
const costingSchema = z.object(costingFields);

const priceView = z.object({
  rebate: z.string(),
  exportCost: z.string(),
  cartons: z.number().int(),
  volume: z.string(),
  grossWeight: z.string(),
  revenueTons: z.string(),
  freight: moneySchema,
  fob: moneySchema,
  cfr: moneySchema,
  cif: moneySchema,
  costOfExchange: z.string(),
  /** The same as a text with the currency, for tables. */
  shown: z.object({ fob: z.string(), cfr: z.string(), cif: z.string(), freight: z.string() }),
});

const quotationView = z.object({
  quotation: z.uuid(),
  number: z.string(),
  revision: z.number().int(),
  state: z.string(),
  stateWords: wordsSchema,
  version: z.number().int(),
  recipient: z.string(),
  delivery: z.string().nullable(),
  total: z.string(),
  validUntil: z.iso.datetime(),
});

/** The booth, its leads, and what a consignment costs where it lands. */
export const sellingProcedures = ({ query, command }: ApiBuilder<FishingGearConfig>) => ({
  booth: {
    code: query({
      permission: 'fishing-gear.leads.manage',
      rest: { method: 'GET', path: '/fishing-gear/booths/{campaign}/code', summary: 'The QR code of a booth, to scale', tags },
      input: z.object({ campaign: z.string().max(40) }),
      output: z.object({ name: z.string(), booth: z.string().nullable(), token: z.string(), code: drawingSchema }),
      run: async ({ core }, { campaign }) => {
        const { name, booth, token } = await campaignNamed(core, campaign);
        return { name, booth, token, code: drawBoothCode(token, [name, booth].filter(Boolean).join(' · ')) };
      },
    }),
    take: command({
      permission: 'fishing-gear.leads.manage',
      rest: { method: 'POST', path: '/fishing-gear/booths/{campaign}/leads', summary: 'Take a lead at a booth by hand', tags },
      input: z
        .object({
          campaign: z.string().max(40),
          company: z.string().trim().min(1).max(120).optional(),
          country: z
            .string()
            .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code such as "NO"')
            .optional(),
          interest: z.string().trim().min(1).max(500),
          consent: z.boolean().default(false),
          contactName: z.string().trim().min(1).max(120).optional(),
          email: z.email().max(254).optional(),
          followUpOn: z.iso.date().optional(),
        })
        .refine(({ consent, contactName, email }) => consent || (!contactName && !email), {
          path: ['consent'],
          message: 'a name or an e-mail address is kept only with the consent of the person',
        }),
      output: z.object({ lead: z.uuid() }),
      run: async ({ core, now }, { campaign, ...lead }) => {
        const { token } = await campaignNamed(core, campaign);
        const taken = await core.commerce.captureLeads({
          leads: [{ ...lead, key: newId(), campaign: token, capturedAt: now.toISOString() }],
        });
        return { lead: taken.leads[0]?.lead ?? '' };
      },
    }),
    leads: query({
      permission: 'fishing-gear.leads.manage',
      rest: { method: 'GET', path: '/fishing-gear/leads', summary: 'Leads, last changed first', tags },
      input: z.object({ limit: z.number().int().min(1).max(100).default(50), cursor: z.string().max(300).optional() }),
      output: z.object({
        items: z.array(
          z.object({
            lead: z.uuid(),
            state: wordsSchema,
            campaign: z.string().nullable(),
            company: z.string().nullable(),
            country: z.string().nullable(),
            contact: z.string().nullable(),
            interest: z.string(),
            followUpOn: z.iso.date().nullable(),
            capturedAt: z.iso.datetime(),
          }),
        ),
        next: z.string().nullable(),
      }),
      run: async ({ core }, input) => {
        const { items, next } = await core.commerce.listLeads(input);
        return {
          items: items.map(({ id, stateWords, campaign, company, country, contact, interest, followUpOn, capturedAt }) => ({
            lead: id,
            state: stateWords,
            campaign: campaign?.code ?? null,
            company,
            country,
            contact: contact?.name ?? contact?.email ?? null,
            interest,
            followUpOn,
            capturedAt,
          })),
          next,
        };
      },
    }),
    funnel: query({
      permission: 'fishing-gear.leads.manage',
      rest: { method: 'GET', path: '/fishing-gear/lead-funnel', summary: 'How many leads came how far, of one campaign or all', tags },
      input: z.object({ campaign: z.string().max(40).optional() }),
      output: z.object({ captured: z.number().int(), won: z.number().int(), conversion: z.string().nullable(), funnel: chartSchema }),
      run: async ({ core }, { campaign }) => {
        const chosen = campaign ? (await campaignNamed(core, campaign)).id : undefined;
        const counted = await core.commerce.leadFunnel({ campaign: chosen });
        return {
          captured: counted.captured,
          won: counted.won,
          conversion: counted.captured === 0 ? null : `${((100 * counted.won) / counted.captured).toFixed(1)} %`,
          funnel: {
            x: { words: { en: 'Stage', zh: '阶段' }, kind: 'category' as const },
            y: { words: { en: 'Leads that came so far', zh: '到达该阶段的线索' } },
            series: [
              {
                words: { en: 'Leads', zh: '线索' },
                style: 'bar' as const,
                points: (['captured', 'contacted', 'sampled', 'quoted', 'won'] as const).map((stage): [string, number] => [
                  stages[stage],
                  counted[stage],
                ]),
              },
            ],
          },
        };
      },
    }),
  },
  quotations: {
    price: query({
      permission: 'fishing-gear.quotes.manage',
      rest: { method: 'GET', path: '/fishing-gear/export-price', summary: 'FOB, CFR and CIF of a consignment, with the VAT rebate', tags },
      input: costingSchema,
      output: priceView,
      run: async (_call, input) => viewPrice(priced(input)),
    }),
    draft: command({
      permission: 'fishing-gear.quotes.manage',
      rest: { method: 'POST', path: '/fishing-gear/quotations', summary: 'Draft a quotation of blanks from its costing', tags },
      input: z.object({
        ...costingFields,
        number: z.string().trim().min(1).max(60),
        /** Code of the buying organization; left out for a contact outside the platform. */
        buyer: z
          .string()
          .regex(/^[a-z0-9-]{1,40}$/, 'must be an organization code')
          .optional(),
        contactName: z.string().trim().min(1).max(120).optional(),
        lead: z.uuid().optional(),
        description: z.string().trim().min(1).max(200),
        /** Value of `fishing-gear/blank@1`. */
        specification: z.record(z.string(), z.json()).optional(),
        incoterm: z.enum(['FOB', 'CFR', 'CIF']),
        place: z.string().trim().min(1).max(120),
        validDays: z.coerce.number().int().min(1).max(365),
        note: z.string().trim().max(2000).optional(),
      }),
      output: quotationView,
      run: async ({ core, now }, input) => {
        const price = priced(input);
        const view = await core.commerce.draftQuotation({
          number: input.number,
          ...(input.buyer === undefined ? { contact: { name: input.contactName ?? input.number } } : { buyer: input.buyer }),
          ...(input.lead === undefined ? {} : { lead: input.lead }),
          currency: input.currency,
          delivery: { incoterm: input.incoterm, place: input.place },
          validUntil: new Date(now.getTime() + input.validDays * 86_400_000).toISOString(),
          ...(input.note === undefined ? {} : { note: input.note }),
          lines: [
            {
              description: input.description,
              ...(input.specification === undefined
                ? {}
                : { specification: { schema: blankSpecification.id, value: input.specification } }),
              quantity: { value: input.quantity, unit: 'H87' },
              unitPrice: priceUnder(input.incoterm, price).amount,
            },
          ],
          cost: { costing: { ...costingOf(input) } as never, price: { ...price } as never },
        });
        return summaryOf(view);
      },
    }),
    list: query({
      permission: 'fishing-gear.quotes.manage',
      rest: {
        method: 'GET',
        path: '/fishing-gear/quotations',
        summary: 'Quotations that your organization gave, last changed first',
        tags,
      },
      input: z.object({ limit: z.number().int().min(1).max(100).default(50), cursor: z.string().max(300).optional() }),
      output: z.object({ items: z.array(quotationView), next: z.string().nullable() }),
      run: async ({ core }, input) => {
        const { items, next } = await core.commerce.listQuotations({ ...input, side: 'supplier' });
        return { items: items.map(summaryOf), next };
      },
    }),
  },
});

const stages = {
  captured: '录入 / captured',
  contacted: '联系 / contacted',
  sampled: '寄样 / sampled',
  quoted: '报价 / quoted',
  won: '成交 / won',
} as const;

type Core = VerticalCall<FishingGearConfig>['core'];

async function campaignNamed(core: Core, code: string) {
  let cursor: string | undefined;
  do {
    const { items, next } = await core.commerce.listCampaigns({ limit: 100, cursor });
    const found = items.find((campaign) => campaign.code === code);
    if (found) return found;
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  throw fishingGearErrors.campaign_unknown({ code });
}

type CostingInput = z.output<typeof costingSchema>;

function costingOf(input: CostingInput): ExportCosting {
  return {
    purchase: input.purchase,
    vatRate: input.vatRate,
    rebateRate: input.rebateRate,
    domesticCosts: input.domesticCosts,
    margin: input.margin,
    currency: input.currency,
    exchangeRate: input.exchangeRate,
    packing: {
      quantity: input.quantity,
      perCarton: input.perCarton,
      carton: { length: input.cartonLength, width: input.cartonWidth, height: input.cartonHeight },
      cartonGrossWeight: input.cartonGrossWeight,
    },
    freight: { perRevenueTon: input.freightPerRevenueTon, minimum: input.freightMinimum },
    insurance: { premiumRate: input.premiumRate, markup: input.insuranceMarkup },
  };
}

function priced(input: CostingInput): ExportPrice {
  try {
    return priceExport(costingOf(input));
  } catch (error) {
    if (error instanceof RangeError) throw fishingGearErrors.price_impossible({ problem: error.message }, error);
    throw error;
  }
}

function viewPrice(price: ExportPrice): z.input<typeof priceView> {
  const text = ({ amount, currency }: ExportPrice['fob']) => `${currency} ${amount}`;
  return { ...price, shown: { fob: text(price.fob), cfr: text(price.cfr), cif: text(price.cif), freight: text(price.freight) } };
}

type Listed = Awaited<ReturnType<Core['commerce']['listQuotations']>>['items'][number];

function summaryOf({
  id,
  number,
  revision,
  state,
  stateWords,
  version,
  buyer,
  contact,
  delivery,
  total,
  validUntil,
}: Listed): z.input<typeof quotationView> {
  return {
    quotation: id,
    number,
    revision,
    state,
    stateWords,
    version,
    recipient: buyer?.name.en ?? contact?.name ?? '',
    delivery: delivery && `${delivery.incoterm} ${delivery.place}`,
    total: `${total.currency} ${total.amount}`,
    validUntil,
  };
}
