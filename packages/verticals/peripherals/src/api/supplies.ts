import { newId } from '@yunfab/core/database';
import { type Chart, chartSchema, type VerticalCall } from '@yunfab/core/verticals';
import { z } from 'zod';
import type { PeripheralsConfig } from '../config.js';
import { peripheralsErrors } from '../errors.js';
import { type ForecastResult, forecastSupply, type SupplyForecast } from '../supply/forecast.js';
import { readSupply, supplyTypes } from '../supply/printer-mib.js';
import { planReplenishment } from '../supply/replenish.js';
import { type SupplyReading, startOfDay } from '../supply/usage.js';
import type { PeripheralsTables } from '../tables.js';
import { type Builder, instant, issuesSchema, lineText, tags, words } from './shared.js';

type Call = VerticalCall<PeripheralsConfig>;

const supplyKey = { printer: lineText(60), supply: z.number().int().min(1).max(100) };
const replenishmentSchema = z.object({
  ...supplyKey,
  generation: z.number().int(),
  arrives: z.iso.date(),
  riskOfWaiting: z.number(),
  proposedAt: instant,
});

const reasonWords = {
  no_level: { en: 'The printer tells no level, and no rated yield is known', zh: '打印机未报告余量，且未登记额定页数' },
  too_little_history: { en: 'Fewer than ten whole days of readings', zh: '完整读数不足十天' },
  not_used: { en: 'Nothing was used in the days that were read', zh: '读数期间没有用量' },
} as const;

/** Readings older than this say little of today. */
const longestHistoryDays = 120;

async function historyOf({ db, now }: Call, printer: string, supply: number): Promise<SupplyReading[]> {
  const rows = await db
    .withTables<PeripheralsTables>()
    .selectFrom('supply_reading')
    .select(['read_at', 'remaining', 'pages'])
    .where('printer', '=', printer)
    .where('supply_index', '=', supply)
    .where('read_at', '>', new Date(now.getTime() - longestHistoryDays * 86_400_000))
    .orderBy('read_at')
    .execute();
  return rows.map(({ read_at, remaining, pages }) => ({ at: read_at.getTime(), remaining, pages }));
}

async function forecastOf(
  call: Call,
  { printer, supply_index, rated_pages }: { printer: string; supply_index: number; rated_pages: number | null },
) {
  const readings = await historyOf(call, printer, supply_index);
  const { timeZone } = call.config;
  return { readings, result: forecastSupply(readings, { now: call.now.getTime(), timeZone, ratedPages: rated_pages }) };
}

function planOf(call: Call, forecast: SupplyForecast) {
  const { timeZone, leadDays, deliveryWeekdays, replenishmentRisk } = call.config;
  return planReplenishment(forecast.daysToEmpty, call.now.getTime(), { leadDays, deliveryWeekdays, timeZone, risk: replenishmentRisk });
}

const replacements = ({ forecast, ...result }: ForecastResult): number =>
  (forecast ? forecast.events : 'events' in result ? result.events : []).filter(({ kind }) => kind === 'replaced').length;

export const suppliesApi = ({ query, command }: Builder) => ({
  report: command({
    permission: 'peripherals.supplies.report',
    rest: {
      method: 'POST',
      path: '/peripherals/supplies',
      summary: 'Readings of one supply of a printer, as its Printer MIB answers',
      tags,
    },
    input: z.object({
      ...supplyKey,
      class: z.number().int().default(3),
      type: z.number().int().default(2),
      unit: z.number().int().default(19),
      /** Pages that a new supply prints: forecasts where the printer tells no share. */
      ratedPages: z.number().int().positive().max(10_000_000).optional(),
      readings: z
        .array(
          z.object({
            at: instant,
            level: z.number(),
            maxCapacity: z.number(),
            pages: z.number().int().min(0).max(2_147_483_647).optional(),
          }),
        )
        .min(1)
        .max(1000),
    }),
    output: z.object({ kept: z.number().int(), told: words.nullable(), issues: issuesSchema }),
    run: async ({ db, organization }, { printer, supply, readings, ratedPages, ...columns }) => {
      const issues: z.infer<typeof issuesSchema> = [];
      const read = readings.flatMap(({ at, level, maxCapacity, pages }, index) => {
        const told = readSupply({ level, maxCapacity, ...columns });
        issues.push(...told.issues.map((each) => ({ at: `readings.${index}.${each.at}`, words: each.words })));
        return told.supply ? [{ at: new Date(at), supply: told.supply, pages: pages ?? null }] : [];
      });
      const newest = read.toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1);
      if (!newest) return { kept: 0, told: null, issues };
      const tables = db.withTables<PeripheralsTables>();
      const state = {
        class: columns.class,
        type: columns.type,
        unit: columns.unit,
        ...(ratedPages === undefined ? {} : { rated_pages: ratedPages }),
        told_en: newest.supply.told.en,
        told_zh: newest.supply.told.zh,
        attention: newest.supply.attention,
        read_at: newest.at,
      };
      await tables
        .insertInto('supply')
        .values({ organization, printer, supply_index: supply, rated_pages: null, ...state })
        .onConflict((conflict) =>
          conflict.columns(['organization', 'printer', 'supply_index']).doUpdateSet(state).where('supply.read_at', '<=', newest.at),
        )
        .execute();
      const kept = await tables
        .insertInto('supply_reading')
        .values(
          read.map(({ at, supply: { level }, pages }) => ({
            organization,
            printer,
            supply_index: supply,
            read_at: at,
            remaining: level.kind === 'measured' ? level.remaining : null,
            pages,
          })),
        )
        .onConflict((conflict) => conflict.columns(['organization', 'printer', 'supply_index', 'read_at']).doNothing())
        .returning('read_at')
        .execute();
      return { kept: kept.length, told: { ...newest.supply.told }, issues };
    },
  }),
  list: query({
    permission: 'peripherals.supplies.read',
    rest: { method: 'GET', path: '/peripherals/supplies', summary: 'Every supply that was reported, as it stands', tags },
    input: z.object({ limit: z.number().int().min(1).max(100).default(50), cursor: z.string().max(100).optional() }),
    output: z.object({
      items: z.array(z.object({ ...supplyKey, kind: words, told: words, attention: z.boolean(), readAt: instant })),
      next: z.string().nullable(),
    }),
    run: async ({ db }, { limit, cursor }) => {
      let page = db
        .withTables<PeripheralsTables>()
        .selectFrom('supply')
        .selectAll()
        .orderBy('printer')
        .orderBy('supply_index')
        .limit(limit + 1);
      const [printer = '', index = '0'] = cursor?.split('\n') ?? [];
      if (cursor !== undefined)
        page = page.where((where) =>
          where.or([
            where('printer', '>', printer),
            where.and([where('printer', '=', printer), where('supply_index', '>', Number(index))]),
          ]),
        );
      const rows = await page.execute();
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map((row) => ({
          printer: row.printer,
          supply: row.supply_index,
          kind: { ...(supplyTypes[row.type] ?? { en: '–', zh: '–' }) },
          told: { en: row.told_en, zh: row.told_zh },
          attention: row.attention,
          readAt: row.read_at.toISOString(),
        })),
        next: rows.length > limit && last ? `${last.printer}\n${last.supply_index}` : null,
      };
    },
  }),
  forecast: query({
    permission: 'peripherals.supplies.read',
    rest: {
      method: 'GET',
      path: '/peripherals/supply-forecast',
      summary: 'When a supply will be empty, as quantiles, and whether to ship today',
      tags,
    },
    input: z.object(supplyKey),
    output: z.object({
      told: words,
      remaining: z.number().nullable(),
      /** Days by whose end it is empty in 10, 50, 90 of 100 futures; null beyond a year. */
      p10: z.iso.date().nullable(),
      p50: z.iso.date().nullable(),
      p90: z.iso.date().nullable(),
      basis: z.enum(['share', 'pages']).nullable(),
      daysObserved: z.number().int().nullable(),
      replacements: z.number().int(),
      /** Why there is no forecast. */
      reason: words.nullable(),
      plan: z
        .object({ ship: z.boolean(), arrives: z.iso.date(), nextArrives: z.iso.date(), riskOfWaiting: z.number(), riskAnyway: z.number() })
        .nullable(),
      chart: chartSchema.nullable(),
    }),
    run: async (call, { printer, supply }) => {
      const row = await call.db
        .withTables<PeripheralsTables>()
        .selectFrom('supply')
        .selectAll()
        .where('printer', '=', printer)
        .where('supply_index', '=', supply)
        .executeTakeFirst();
      if (!row) throw peripheralsErrors.supply_unknown({ printer, supply });
      const { readings, result } = await forecastOf(call, row);
      const { forecast } = result;
      return {
        told: { en: row.told_en, zh: row.told_zh },
        remaining: forecast?.remaining ?? null,
        p10: forecast?.empty.p10 ?? null,
        p50: forecast?.empty.p50 ?? null,
        p90: forecast?.empty.p90 ?? null,
        basis: forecast?.basis ?? null,
        daysObserved: forecast?.daysObserved ?? null,
        replacements: replacements(result),
        reason: result.reason === null ? null : { ...reasonWords[result.reason] },
        plan: forecast ? planOf(call, forecast) : null,
        chart: forecast ? fanChart(readings, forecast, call.config.timeZone) : null,
      };
    },
  }),
  replenish: command({
    permission: 'peripherals.supplies.replenish',
    rest: {
      method: 'POST',
      path: '/peripherals/replenishments',
      summary: 'Propose a shipment for every supply that cannot wait; one for each supply',
      tags,
    },
    input: z.object({}),
    output: z.object({ items: z.array(replenishmentSchema) }),
    run: async (call) => {
      const tables = call.db.withTables<PeripheralsTables>();
      const supplies = await tables.selectFrom('supply').selectAll().orderBy('printer').orderBy('supply_index').limit(500).execute();
      const items: z.infer<typeof replenishmentSchema>[] = [];
      for (const row of supplies) {
        const { result } = await forecastOf(call, row);
        if (!result.forecast) continue;
        const plan = planOf(call, result.forecast);
        if (!plan.ship) continue;
        const need = { printer: row.printer, supply_index: row.supply_index, generation: replacements(result) };
        const made = await tables
          .insertInto('replenishment')
          .values({
            id: newId(),
            organization: call.organization,
            ...need,
            arrives: plan.arrives,
            risk_of_waiting: plan.riskOfWaiting,
            proposed_at: call.now,
          })
          .onConflict((conflict) => conflict.columns(['organization', 'printer', 'supply_index', 'generation']).doNothing())
          .returning('id')
          .execute();
        if (made.length === 0) continue;
        items.push({
          printer: need.printer,
          supply: need.supply_index,
          generation: need.generation,
          arrives: plan.arrives,
          riskOfWaiting: plan.riskOfWaiting,
          proposedAt: call.now.toISOString(),
        });
      }
      if (items.length > 0) await call.core.appendEvent({ type: 'peripherals.replenishment_proposed', body: { supplies: items.length } });
      return { items };
    },
  }),
  replenishments: query({
    permission: 'peripherals.supplies.read',
    rest: { method: 'GET', path: '/peripherals/replenishments', summary: 'Proposed shipments, newest first', tags },
    input: z.object({ limit: z.number().int().min(1).max(100).default(50), cursor: z.uuid().optional() }),
    output: z.object({ items: z.array(replenishmentSchema), next: z.string().nullable() }),
    run: async ({ db }, { limit, cursor }) => {
      let page = db
        .withTables<PeripheralsTables>()
        .selectFrom('replenishment')
        .selectAll()
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (cursor !== undefined) page = page.where('id', '<', cursor);
      const rows = await page.execute();
      const items = rows.slice(0, limit);
      return {
        items: items.map((row) => ({
          printer: row.printer,
          supply: row.supply_index,
          generation: row.generation,
          arrives: row.arrives,
          riskOfWaiting: row.risk_of_waiting,
          proposedAt: row.proposed_at.toISOString(),
        })),
        next: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
      };
    },
  }),
});

const mostPast = 400;

/** What was read, and from today on the quantiles, in percent. */
function fanChart(readings: readonly SupplyReading[], { fan }: SupplyForecast, timeZone: string): Chart {
  const stride = Math.max(1, Math.ceil(readings.length / mostPast));
  const past = readings.filter((_, index) => index % stride === 0 || index === readings.length - 1);
  const today = Math.floor(Date.parse(fan[0]?.date ?? '1970-01-01') / 86_400_000);
  const percent = (share: number) => Math.round(share * 1000) / 10;
  const ahead = (quantile: 'p10' | 'p50' | 'p90') =>
    fan.map((point): [number, number] => [startOfDay(today + point.day + 1, timeZone), percent(point[quantile])]);
  return {
    x: { words: { en: 'Day', zh: '日期' }, kind: 'time' },
    y: { words: { en: 'Left', zh: '余量' }, unit: '%' },
    series: [
      {
        words: { en: 'Read', zh: '读数' },
        style: 'step',
        points: past.map(({ at, remaining }): [number, number | null] => [at, remaining === null ? null : percent(remaining)]),
      },
      { words: { en: 'P10', zh: 'P10' }, style: 'line', points: ahead('p10') },
      { words: { en: 'P50', zh: 'P50' }, style: 'line', points: ahead('p50') },
      { words: { en: 'P90', zh: 'P90' }, style: 'line', points: ahead('p90') },
    ],
  };
}
