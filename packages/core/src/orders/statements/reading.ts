import type { z } from 'zod';
import { organizationByCode, organizationNames } from '../../access/index.js';
import { decodeCursor, page, requestErrors } from '../../commands/index.js';
import type { OrganizationId, Scope } from '../../database/index.js';
import { readTimeline } from '../../events/index.js';
import { canonical, currencySchema, dayOf } from '../../measure/index.js';
import { ageing, findStatement, pageOfStatements } from './repository.js';
import type {
  ageingInput,
  ageingSchema,
  StatementSummary,
  statementListInput,
  statementPageSchema,
  statementTimelineInput,
  statementTimelineSchema,
} from './schema.js';
import { summarizeStatements } from './view.js';
import { statementEventWords } from './words.js';

type In<Schema extends z.ZodType> = z.output<Schema>;

export async function listStatements(
  scope: Scope,
  { limit, cursor, counterparty, overdue, ...filter }: In<typeof statementListInput>,
): Promise<In<typeof statementPageSchema>> {
  const after = decodeCursor(cursor);
  const other = await counterpartyOf(scope, counterparty);
  if (other === null) return { items: [], next: null };
  const dueBefore = overdue ? dayOf(scope.now) : undefined;
  const rows = await pageOfStatements(scope, { ...filter, counterparty: other, dueBefore, after, limit });
  const views = new Map((await summarizeStatements(scope, rows.slice(0, limit))).map((view) => [view.id, view]));
  return page(
    rows,
    limit,
    (row) => ({ key: row.changed_at.toISOString(), id: row.id }),
    (row) => views.get(row.id) as StatementSummary,
  );
}

/** Undefined when none is asked for, null when there is none of that code. */
async function counterpartyOf(scope: Scope, code: string | undefined): Promise<OrganizationId | undefined | null> {
  return code === undefined ? undefined : ((await organizationByCode(scope, code))?.id ?? null);
}

export async function statementTimeline(
  scope: Scope,
  { statement: id, limit, cursor }: In<typeof statementTimelineInput>,
): Promise<In<typeof statementTimelineSchema>> {
  const row = await findStatement(scope, id);
  if (!row) throw requestErrors.not_found({ kind: 'statement' });
  const { items, next } = await readTimeline(scope, row.id, { cursor, limit });
  const names = [...(await organizationNames(scope, [row.buyer, row.supplier])).values()];
  return {
    items: items.map(({ record: _record, recordKind: _kind, organization, ...item }) => ({
      ...item,
      words: statementEventWords[item.type] ?? { en: item.type, zh: item.type },
      organization: {
        code: organization,
        name: names.find((name) => name.code === organization)?.name ?? { en: organization, zh: organization },
      },
    })),
    next,
  };
}

/** Days after the day of payment at which a bucket begins; before the first nothing is due. */
const edges = [1, 31, 61, 91] as const;

function lastDayOf(bucket: number): number | null {
  const next = edges[bucket];
  return next === undefined ? null : next - 1;
}

/** What is confirmed and not paid, by how long it has been due. */
export async function statementAgeing(scope: Scope, { counterparty }: In<typeof ageingInput>): Promise<In<typeof ageingSchema>> {
  const on = dayOf(scope.now);
  const other = await counterpartyOf(scope, counterparty);
  if (other === null) return { on, items: [] };
  const rows = await ageing(scope, on, other, edges);
  return {
    on,
    items: rows.map(({ role, currency, bucket, statements, gross }) => ({
      side: role,
      currency: currencySchema.parse(currency),
      fromDays: edges[bucket - 1] ?? null,
      toDays: lastDayOf(bucket),
      statements,
      total: canonical(gross),
    })),
  };
}
