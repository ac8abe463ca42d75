import { type Selectable, sql } from 'kysely';
import type { Scope } from '../database/index.js';
import { canonical } from '../measure/index.js';
import { meteringErrors } from './errors.js';
import { type UsageMetric, usageMeanings } from './metrics.js';
import { monthOf } from './months.js';
import type { UsageMonth, UsageMonths } from './schema.js';
import type { MeteringTables } from './tables.js';

const tables = (scope: Scope) => scope.tx.withTables<MeteringTables>();

/** What an organization used of the platform, its own only. */
export const meteringService = {
  async months(scope: Scope): Promise<UsageMonths> {
    const closed = await tables(scope)
      .selectFrom('usage_month')
      .selectAll()
      .where('organization', '=', scope.organization)
      .orderBy('month', 'desc')
      .execute();
    const { rows: open } = await sql<{ month: string }>`
      select distinct to_char(day, 'YYYY-MM') as month from core.usage_day d
      where organization = ${scope.organization} and not exists (
        select 1 from core.usage_month m where m.organization = d.organization and m.month = date_trunc('month', d.day)::date)
      order by month desc`.execute(scope.tx);
    return { countedUntil: await countedUntil(scope), items: [...open.map(({ month }) => openHead(month)), ...closed.map(closedHead)] };
  },

  async month(scope: Scope, month: string): Promise<UsageMonth> {
    if (month > monthOf(scope.now)) throw meteringErrors.month_invalid({ month });
    const closed = await tables(scope)
      .selectFrom('usage_month')
      .selectAll()
      .where('organization', '=', scope.organization)
      .where('month', '=', `${month}-01`)
      .executeTakeFirst();
    const head = closed ? closedHead(closed) : openHead(month);
    const lines = closed ? await closedLines(scope, month) : await openLines(scope, month);
    return { ...head, countedUntil: await countedUntil(scope), lines };
  },

  /** RFC 4180, with a header line. */
  async csv(scope: Scope, month: string): Promise<{ name: string; csv: string }> {
    const { lines, state, hash } = await meteringService.month(scope, month);
    const header = ['position', 'metric', 'key', 'unit', 'value', 'correction', 'reason'];
    const rows = lines.map((line) => [
      line.position ?? '',
      line.metric,
      line.key,
      line.unit,
      line.value,
      line.correction,
      line.reason ?? '',
    ]);
    const foot = [['', 'state', state, '', '', '', ''], ...(hash === null ? [] : [['', 'sha256', hash, '', '', '', '']])];
    const csv = [header, ...rows, ...foot].map((row) => row.map((cell) => csvCell(String(cell))).join(',')).join('\r\n');
    return { name: `usage-${month}.csv`, csv: `${csv}\r\n` };
  },
};

/** A cell that begins like a formula is not run by the program that opens it. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

async function countedUntil(scope: Scope): Promise<string | null> {
  const row = await tables(scope)
    .selectFrom('usage_run')
    .select(({ fn }) => fn.max('day').as('day'))
    .executeTakeFirst();
  return row?.day ?? null;
}

const openHead = (month: string) => ({ month, state: 'open' as const, closedAt: null, hash: null, previousHash: null });

const closedHead = (row: Selectable<MeteringTables['usage_month']>) => ({
  month: row.month.slice(0, 7),
  state: 'closed' as const,
  closedAt: row.closed_at.toISOString(),
  hash: row.hash,
  previousHash: row.previous_hash || null,
});

async function closedLines(scope: Scope, month: string): Promise<UsageMonth['lines']> {
  const rows = await tables(scope)
    .selectFrom('usage_line')
    .selectAll()
    .where('organization', '=', scope.organization)
    .where('month', '=', `${month}-01`)
    .orderBy('position')
    .execute();
  return rows.map(({ position, correction, reason, ...row }) => ({ ...line(row), position, correction, reason }));
}

async function openLines(scope: Scope, month: string): Promise<UsageMonth['lines']> {
  const { rows } = await sql<{ metric: UsageMetric; key: string; value: string }>`
    select metric, key, value from core.usage_lines(${`${month}-01`}::date)
    where organization = ${scope.organization} order by metric collate "C", key collate "C"`.execute(scope.tx);
  return rows.map((row) => ({ ...line(row), position: null, correction: false, reason: null }));
}

function line({ metric, key, value }: { readonly metric: UsageMetric; readonly key: string; readonly value: string }) {
  const { words, unit } = usageMeanings[metric];
  return { metric, words, key, unit: unit === 'currency' ? key : unit, value: canonical(value) };
}
