import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import { isUniqueViolation, newId, type RecordId, type Scope } from '../../database/index.js';
import { termsErrors } from './errors.js';
import type { TermsTables } from './tables.js';

export type TermsRow = Selectable<TermsTables['terms_version']>;

const tables = (scope: Scope) => scope.tx.withTables<TermsTables>();

interface Content {
  readonly title: { readonly en: string; readonly zh: string };
  readonly text: { readonly en: string; readonly zh: string };
}

const columnsOf = ({ title, text }: Content) => ({ title_en: title.en, title_zh: title.zh, text_en: text.en, text_zh: text.zh });

/** The next version of the code as a draft; throws `terms.draft_exists`. */
export async function insertDraft(
  scope: Scope,
  { code, platform, ...content }: Content & { readonly code: string; readonly platform: boolean },
): Promise<TermsRow> {
  const last = await tables(scope)
    .selectFrom('terms_version')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('organization', '=', scope.organization)
    .where('code', '=', code)
    .executeTakeFirst();
  const row = {
    ...{ id: newId(), organization: scope.organization, code, number: (last?.number ?? 0) + 1, ...columnsOf(content), platform },
    ...{ created_at: scope.now, changed_at: scope.now, published_at: null, published_by: null, retired_at: null },
  };
  try {
    return await tables(scope).insertInto('terms_version').values(row).returningAll().executeTakeFirstOrThrow();
  } catch (error) {
    // Two drafts at once also meet in the number.
    if (isUniqueViolation(error, 'terms_version_draft') || isUniqueViolation(error, 'terms_version_organization_code_number_key'))
      throw termsErrors.draft_exists({ code }, error);
    throw error;
  }
}

export async function findTerms(scope: Scope, id: string): Promise<TermsRow | undefined> {
  return tables(scope).selectFrom('terms_version').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function termsById(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, TermsRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tables(scope).selectFrom('terms_version').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Only the organization that wrote them gets the row. */
export async function lockOwnTerms(scope: Scope, id: string): Promise<TermsRow | undefined> {
  return tables(scope)
    .selectFrom('terms_version')
    .selectAll()
    .where('id', '=', id)
    .where('organization', '=', scope.organization)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function updateTerms(
  scope: Scope,
  row: TermsRow,
  change: Partial<Content> & Partial<Pick<TermsRow, 'published_at' | 'published_by' | 'retired_at'>>,
): Promise<TermsRow> {
  const { title, text, ...columns } = change;
  return tables(scope)
    .updateTable('terms_version')
    .set({ ...columns, ...(title && text ? columnsOf({ title, text }) : {}), revision: row.revision + 1, changed_at: scope.now })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export interface TermsFilter {
  readonly from: 'own' | 'platform';
  readonly code?: string | undefined;
  readonly after: Keyset | null;
  readonly limit: number;
}

export async function pageOfTerms(scope: Scope, { from, code, after, limit }: TermsFilter): Promise<TermsRow[]> {
  let found = tables(scope).selectFrom('terms_version').selectAll();
  found =
    from === 'own'
      ? found.where('organization', '=', scope.organization)
      : found.where('platform', '=', true).where('published_at', 'is not', null);
  if (code) found = found.where('code', '=', code);
  if (after) found = found.where(sql<boolean>`(changed_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  return found
    .orderBy('changed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
}

export type AttachmentRow = Selectable<TermsTables['order_terms']>;
export type AcceptanceRow = Selectable<TermsTables['order_terms_acceptance']>;

export async function attachmentsOf(scope: Scope, order: RecordId): Promise<AttachmentRow[]> {
  return tables(scope).selectFrom('order_terms').selectAll().where('order_id', '=', order).orderBy('attached_at').orderBy('id').execute();
}

export async function acceptancesOf(scope: Scope, order: RecordId): Promise<AcceptanceRow[]> {
  return tables(scope).selectFrom('order_terms_acceptance').selectAll().where('order_id', '=', order).orderBy('accepted_at').execute();
}

export async function insertAttachment(scope: Scope, order: RecordId, terms: TermsRow): Promise<AttachmentRow> {
  const row = { id: newId(), order_id: order, terms_id: terms.id, organization: scope.organization };
  try {
    return await tables(scope)
      .insertInto('order_terms')
      .values({ ...row, attached_by: scope.actor.label, attached_at: scope.now, detached_at: null })
      .returningAll()
      .executeTakeFirstOrThrow();
  } catch (error) {
    if (isUniqueViolation(error, 'order_terms_live')) throw termsErrors.already_attached({ code: terms.code, number: terms.number }, error);
    throw error;
  }
}

export async function detachAttachment(scope: Scope, id: string): Promise<void> {
  await tables(scope).updateTable('order_terms').set({ detached_at: scope.now }).where('id', '=', id).execute();
}

export async function insertAcceptance(scope: Scope, { id, order_id }: AttachmentRow, sha256: string): Promise<void> {
  await tables(scope)
    .insertInto('order_terms_acceptance')
    .values({
      order_terms_id: id,
      order_id,
      organization: scope.organization,
      sha256,
      actor_kind: scope.actor.kind,
      accepted_by: scope.actor.label,
      accepted_at: scope.now,
    })
    .execute();
}
