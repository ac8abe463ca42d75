import { organizationNames, type Words } from '../../access/index.js';
import { decodeCursor, page, requestErrors } from '../../commands/index.js';
import type { RecordId, Scope } from '../../database/index.js';
import { readTimeline } from '../../events/index.js';
import { fileEventWords } from '../../files/index.js';
import { findInvitation, pageOfInvitations } from './invitation-repository.js';
import { findRfq, pageOfRfqs } from './repository.js';
import type { RfqService } from './service.js';
import { summarizeInvitation, viewRfq } from './view.js';
import { rfqEventWords, rfqStateWords } from './words.js';

const words: Readonly<Record<string, Words>> = { ...rfqEventWords, ...fileEventWords };

export const rfqReading: Pick<RfqService, 'get' | 'list' | 'timeline' | 'listInvitations' | 'invitationTimeline'> = {
  async get(scope, id) {
    const rfq = await findRfq(scope, id);
    if (!rfq) throw requestErrors.not_found({ kind: 'rfq' });
    return viewRfq(scope, rfq);
  },

  async list(scope, { state, limit, cursor }) {
    const { rows, counts } = await pageOfRfqs(scope, { state, after: decodeCursor(cursor), limit });
    return page(
      rows,
      limit,
      (row) => ({ key: row.changed_at.toISOString(), id: row.id }),
      (row) => ({
        id: row.id,
        version: row.version,
        state: row.state,
        stateWords: rfqStateWords[row.state],
        number: row.number,
        title: row.title,
        respondBy: row.respond_by.toISOString(),
        changedAt: row.changed_at.toISOString(),
        ...(counts.get(row.id) ?? { invited: 0, quoted: 0 }),
      }),
    );
  },

  async timeline(scope, { rfq: id, limit, cursor }) {
    const rfq = await findRfq(scope, id);
    if (!rfq) throw requestErrors.not_found({ kind: 'rfq' });
    return timelineOf(scope, rfq.id, { limit, cursor });
  },

  async listInvitations(scope, { state, limit, cursor }) {
    const rows = await pageOfInvitations(scope, { state, after: decodeCursor(cursor), limit });
    const names = await organizationNames(
      scope,
      rows.flatMap(({ buyer, supplier }) => [buyer, supplier]),
    );
    return page(
      rows,
      limit,
      (row) => ({ key: row.changed_at.toISOString(), id: row.id }),
      (row) => summarizeInvitation(scope, row, names),
    );
  },

  async invitationTimeline(scope, { invitation: id, limit, cursor }) {
    const invitation = await findInvitation(scope, id);
    if (!invitation) throw requestErrors.not_found({ kind: 'invitation' });
    return timelineOf(scope, invitation.id, { limit, cursor });
  },
};

async function timelineOf(scope: Scope, record: RecordId, page: { readonly limit: number; readonly cursor?: string | undefined }) {
  const { items, next } = await readTimeline(scope, record, page);
  return {
    items: items.map(({ record: _record, recordKind: _kind, ...item }) => ({
      ...item,
      words: words[item.type] ?? { en: item.type, zh: item.type },
    })),
    next,
  };
}
