import { isUniqueViolation, type Scope } from '../../database/index.js';
import { productionErrors } from '../errors.js';
import type { ProductionTables } from '../tables.js';
import { floorErrors } from './errors.js';
import type { ReasonView } from './schema.js';

const tables = (scope: Scope) => scope.tx.withTables<ProductionTables>();

/** Throws `production.reason_unknown` unless the organization has it in use. */
export async function requireReason(scope: Scope, code: string): Promise<void> {
  if (!(await reasonInUse(scope, code))) throw productionErrors.reason_unknown({ code });
}

/** Whether the organization has the reason in use. */
export async function reasonInUse(scope: Scope, code: string): Promise<boolean> {
  const row = await tables(scope)
    .selectFrom('scrap_reason')
    .select('retired_at')
    .where('organization', '=', scope.organization)
    .where('code', '=', code)
    .executeTakeFirst();
  return row !== undefined && row.retired_at === null;
}

/** The organization's own reasons for scrap and rework, by code. */
export async function listReasons(scope: Scope): Promise<ReasonView[]> {
  const rows = await tables(scope)
    .selectFrom('scrap_reason')
    .selectAll()
    .where('organization', '=', scope.organization)
    .orderBy('code')
    .limit(mostReasons)
    .execute();
  return rows.map(({ code, words_en: en, words_zh: zh, retired_at }) => ({ code, words: { en, zh }, retired: retired_at !== null }));
}

const mostReasons = 500;

export async function addReason(scope: Scope, { code, words }: Pick<ReasonView, 'code' | 'words'>): Promise<ReasonView[]> {
  if ((await listReasons(scope)).length >= mostReasons) throw floorErrors.too_many_reasons({ most: mostReasons });
  try {
    await tables(scope)
      .insertInto('scrap_reason')
      .values({ organization: scope.organization, code, words_en: words.en, words_zh: words.zh, created_at: scope.now, retired_at: null })
      .execute();
  } catch (error) {
    if (isUniqueViolation(error, 'scrap_reason_pkey')) throw floorErrors.reason_taken({ code }, error);
    throw error;
  }
  return listReasons(scope);
}

/** Nobody can choose it any more; what was counted with it stays. Retiring twice is no error. */
export async function retireReason(scope: Scope, code: string): Promise<ReasonView[]> {
  const { numUpdatedRows } = await tables(scope)
    .updateTable('scrap_reason')
    .set((each) => ({ retired_at: each.fn.coalesce('retired_at', each.val(scope.now)) }))
    .where('organization', '=', scope.organization)
    .where('code', '=', code)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw productionErrors.reason_unknown({ code });
  return listReasons(scope);
}
