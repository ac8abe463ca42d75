import { type ApiBuilder, chartSchema, drawingSchema } from '@yunfab/core/verticals';
import { z } from 'zod';
import { balanceLine, loadChart } from '../balance/index.js';
import { parseBody } from '../body/index.js';
import type { ApparelConfig } from '../config.js';
import { patternDrawing, patternSvg } from '../export/index.js';
import { designOf, labelOf, routingFor } from '../made-to-measure/design.js';
import { priceOf } from '../made-to-measure/price.js';
import { draftPattern, garments } from '../pattern/index.js';
import { routingOf, totalSam } from '../routing/index.js';
import { chooseSize, formatSize, parseSize } from '../size/index.js';
import { bodyInput, choiceInput, finishedView, issuesSchema, measurementSet, operationView, tags } from './inputs.js';

const permission = 'apparel.designs.read';
const round = (value: number): number => Math.round(value * 10) / 10;

const chosenInput = z.object({ ...bodyInput, ...choiceInput });
const designView = z.object({
  /** Null: no ready-made size, or the body was refused. */
  size: z.string().nullable(),
  bodyType: z.string().nullable(),
  issues: issuesSchema,
  /** Every issue as one line, for people. */
  remarks: z.string(),
  price: z.string().nullable(),
  currency: z.string(),
  /** Standard minutes of its routing. */
  sam: z.number().nullable(),
  operations: z.array(operationView),
  finished: z.array(finishedView),
  pieces: z.array(
    z.object({ id: z.string(), quantity: z.number(), paired: z.boolean(), area: z.number(), width: z.number(), height: z.number() }),
  ),
  drawing: drawingSchema.nullable(),
});

/** Sizes, patterns and lines: what needs no order. */
export const designProcedures = ({ query }: ApiBuilder<ApparelConfig>) => ({
  sizes: {
    parse: query({
      permission,
      rest: { method: 'GET', path: '/apparel/sizes/parse', summary: 'Read a size of GB/T 1335 with every issue', tags },
      input: z.object({ size: z.string().max(20), garment: z.enum(garments) }),
      output: z.object({
        height: z.number().nullable(),
        girth: z.number().nullable(),
        bodyType: z.string().nullable(),
        issues: issuesSchema,
      }),
      run: async (_call, { size: label, garment }) => {
        const { size, issues } = parseSize(label, garment === 'shirt' ? 'upper' : 'lower');
        return { height: size?.height ?? null, girth: size?.girth ?? null, bodyType: size?.bodyType ?? null, issues: [...issues] };
      },
    }),
    choose: query({
      permission,
      rest: { method: 'GET', path: '/apparel/sizes/choose', summary: 'The ready-made sizes for a body, rounded up', tags },
      input: z.object({
        sex: z.enum(['male', 'female']),
        height: z.number().min(130).max(220),
        chest: z.number().min(65).max(150),
        waist: z.number().min(48).max(145),
        series: z.enum(['5.4', '5.2']).default('5.2'),
      }),
      output: z.object({
        upper: z.string().nullable(),
        lower: z.string().nullable(),
        bodyType: z.string().nullable(),
        issues: issuesSchema,
      }),
      run: async (_call, { series, ...body }) => {
        const { upper, lower, bodyType, issues } = chooseSize(body, { series });
        return { upper: upper && formatSize(upper), lower: lower && formatSize(lower), bodyType, issues: [...issues] };
      },
    }),
  },
  designs: {
    draft: query({
      permission,
      rest: { method: 'GET', path: '/apparel/designs/draft', summary: 'From a body to size, validated pattern, routing and price', tags },
      input: chosenInput,
      output: designView,
      run: async ({ config }, input) => {
        const { body, issues } = parseBody(measurementSet(input));
        const options = { chest_pocket: input.chest_pocket, turn_up: input.turn_up, monogram: input.monogram ?? null };
        const drafted = body ? draftPattern(body, input) : { pattern: null, issues: [] };
        const { pattern } = drafted;
        const all = [...issues, ...drafted.issues];
        const routing = pattern ? routingFor(pattern, options) : [];
        return {
          size: body && labelOf(body, input.garment),
          bodyType: body && chooseSize(body).bodyType,
          issues: all,
          remarks: all.map(({ words }) => `${words.zh} ${words.en}`).join(' · '),
          price: pattern && priceOf(input.garment, options, config),
          currency: config.currency,
          sam: pattern && totalSam(routing),
          operations: routing.map((each) => ({ ...each, after: [...each.after] })),
          finished: (pattern?.finished ?? []).map((each) => ({ ...each, ease: round(each.ease), drawn: round(each.drawn) })),
          pieces: (pattern?.pieces ?? []).map(({ id, quantity, paired, area, size }) => ({
            id,
            quantity,
            paired,
            area: Math.round(area),
            width: round(size.width),
            height: round(size.height),
          })),
          drawing: pattern && patternDrawing(pattern),
        };
      },
    }),
    export: query({
      permission,
      rest: { method: 'GET', path: '/apparel/designs/export', summary: 'The validated pattern as SVG or DXF (ASTM D6673)', tags },
      input: z.object({ ...chosenInput.shape, format: z.enum(['svg', 'dxf']).default('dxf') }),
      output: z.object({ name: z.string(), mediaType: z.string(), content: z.string(), digest: z.string() }),
      run: async (_call, { format, ...input }) => {
        const design = designOf(measurementSet(input), { ...input, monogram: input.monogram ?? null });
        const name = `${input.garment}-${input.fit}.${format}`;
        return format === 'svg'
          ? {
              name,
              mediaType: 'image/svg+xml',
              content: patternSvg(design.pattern, { label: design.sizeLabel ?? '' }),
              digest: design.digest,
            }
          : { name, mediaType: 'image/vnd.dxf', content: design.dxf, digest: design.digest };
      },
    }),
  },
  lines: {
    balance: query({
      permission,
      rest: { method: 'GET', path: '/apparel/lines/balance', summary: 'Fewest stations for a takt (SALBP-1)', tags },
      input: z.object({
        garment: z.enum(garments),
        chest_pocket: z.boolean().default(false),
        monogram: z.boolean().default(false),
        turn_up: z.boolean().default(false),
        /** min */
        takt: z.number().positive().max(60),
      }),
      output: z.object({
        stations: z.array(z.array(z.string())),
        count: z.number().nullable(),
        efficiency: z.number().nullable(),
        optimal: z.boolean(),
        sam: z.number(),
        issues: issuesSchema,
        remarks: z.string(),
        chart: chartSchema.nullable(),
      }),
      run: async (_call, { takt, ...choice }) => {
        const routing = routingOf({ ...choice, dart: true, pleat: true });
        const work = routing.map(({ id, sam, after }) => ({ id, time: sam, after }));
        const { balance, issues } = balanceLine(work, takt);
        return {
          stations: (balance?.stations ?? []).map((load) => [...load]),
          count: balance?.stations.length ?? null,
          efficiency: balance && Math.round(balance.efficiency * 1000) / 10,
          optimal: balance?.optimal ?? false,
          sam: totalSam(routing),
          issues: [...issues],
          remarks: issues.map(({ words }) => `${words.zh} ${words.en}`).join(' · '),
          chart: balance && loadChart(work, balance, takt),
        };
      },
    }),
  },
});
