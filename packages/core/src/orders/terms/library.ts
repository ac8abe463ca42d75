import type { z } from 'zod';
import { operatorOrganization } from '../../access/index.js';
import { decodeCursor, page, requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { termsErrors } from './errors.js';
import type { TermsEventBody } from './events.js';
import { findTerms, insertDraft, lockOwnTerms, pageOfTerms, type TermsRow, updateTerms } from './repository.js';
import type * as schema from './schema.js';
import { summarizeTerms, viewTerms } from './view.js';

type In<Schema extends z.ZodType> = z.output<Schema>;

/** The texts of an organization: written as a draft, published for good, retired from further use. */
export const termsLibrary = {
  async draft(scope: Scope, input: In<typeof schema.draftTermsInput>): Promise<schema.TermsView> {
    const row = await insertDraft(scope, { ...input, platform: (await operatorOrganization(scope))?.id === scope.organization });
    return told(scope, 'orders.terms_drafted', row);
  },

  async edit(scope: Scope, { terms, revision, title, text }: In<typeof schema.editTermsInput>): Promise<schema.TermsView> {
    const row = await lockedDraft(scope, terms, revision);
    return told(scope, 'orders.terms_edited', await updateTerms(scope, row, { title, text }));
  },

  async publish(scope: Scope, { terms, revision }: In<typeof schema.publishTermsInput>): Promise<schema.TermsView> {
    const row = await lockedDraft(scope, terms, revision);
    const published = await updateTerms(scope, row, { published_at: scope.now, published_by: scope.actor.label });
    return told(scope, 'orders.terms_published', published);
  },

  async retire(scope: Scope, { terms, revision }: In<typeof schema.publishTermsInput>): Promise<schema.TermsView> {
    const row = await locked(scope, terms, revision);
    if (row.published_at === null) throw termsErrors.not_published({ code: row.code, number: row.number });
    if (row.retired_at !== null) throw termsErrors.retired({ code: row.code, number: row.number });
    return told(scope, 'orders.terms_retired', await updateTerms(scope, row, { retired_at: scope.now }));
  },

  async get(scope: Scope, id: string): Promise<schema.TermsView> {
    const row = await findTerms(scope, id);
    if (!row) throw requestErrors.not_found({ kind: 'terms' });
    return viewTerms(scope, row);
  },

  async list(scope: Scope, { limit, cursor, from, code }: In<typeof schema.termsListInput>): Promise<In<typeof schema.termsPageSchema>> {
    const rows = await pageOfTerms(scope, { from, code, after: decodeCursor(cursor), limit });
    return page(
      rows,
      limit,
      (row) => ({ key: row.changed_at.toISOString(), id: row.id }),
      await summarizeTerms(scope, rows.slice(0, limit)),
    );
  },
};

async function locked(scope: Scope, id: string, revision: number): Promise<TermsRow> {
  const row = await lockOwnTerms(scope, id);
  if (!row) throw requestErrors.not_found({ kind: 'terms' });
  if (row.revision !== revision) throw termsErrors.version_stale({ current: row.revision, sent: revision });
  return row;
}

async function lockedDraft(scope: Scope, id: string, revision: number): Promise<TermsRow> {
  const row = await locked(scope, id, revision);
  if (row.published_at !== null) throw termsErrors.already_published({ code: row.code, number: row.number });
  return row;
}

type LibraryEvent = 'orders.terms_drafted' | 'orders.terms_edited' | 'orders.terms_published' | 'orders.terms_retired';

async function told(scope: Scope, type: LibraryEvent, row: TermsRow): Promise<schema.TermsView> {
  const body: TermsEventBody<LibraryEvent> = { terms: row.id, code: row.code, number: row.number, sha256: row.sha256 };
  await appendEvent(scope, { type, record: null, body });
  return viewTerms(scope, row);
}
