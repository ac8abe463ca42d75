import { createRecord, giveGrant, organizationByCode } from '../../access/index.js';
import { newId, type OrganizationId, type RecordId, type Scope } from '../../database/index.js';
import { isYunfabError } from '../../errors/index.js';
import { appendEvent } from '../../events/index.js';
import { contentHash } from '../content.js';
import { engineeringErrors } from '../errors.js';
import { findItems, findRevisions, type ItemRow, lockRevisions, type RevisionRow } from '../repository.js';
import { named } from '../revisions.js';
import type { EngineeringService } from '../service.js';
import { nextRevisionState, revisionStateWords } from '../states.js';
import { beginChangeMove, ownChange, wrongChangeState } from './moves.js';
import {
  affectedBy,
  type ChangeRow,
  insertChange,
  insertRequest,
  insertShare,
  openChangeOf,
  replaceAffected,
  setSubmittedHash,
  updateChange,
} from './repository.js';
import { type Effect, effectWords } from './states.js';
import { viewChange } from './view.js';

const yearMs = 365 * 24 * 3600 * 1000;

/** How an engineering change comes before those who are to answer it. */
export const drafting: Pick<EngineeringService, 'draftChange' | 'editChange' | 'submitChange'> = {
  async draftChange(scope, { affected, ...said }) {
    const id = newId<'record'>();
    await createRecord(scope, { id, kind: 'engineering_change', parties: [{ organization: scope.organization, role: 'owner' }] });
    const change = await insertChange(scope, { id, ...said });
    await setAffected(scope, change, affected);
    await appendEvent(scope, { type: 'engineering.change_drafted', record: id, body: { number: said.number, title: said.title } });
    return viewChange(scope, change);
  },

  async editChange(scope, { change: id, version, title, reason, affected }) {
    const change = await ownChange(scope, { change: id, version });
    if (change.state !== 'draft') throw wrongChangeState(change.state, 'edit', 'owner');
    if (affected) await setAffected(scope, change, affected);
    const edited = await updateChange(scope, change, {
      ...(title === undefined ? {} : { title }),
      ...(reason === undefined ? {} : { reason }),
    });
    const body = { number: edited.number, version: edited.version };
    await appendEvent(scope, { type: 'engineering.change_edited', record: change.id, body });
    return viewChange(scope, edited);
  },

  async submitChange(scope, { partners, sharedUntil, ...input }) {
    const { change, next } = await beginChangeMove(scope, input, 'submit');
    const asked = await partnersOf(scope, partners);
    const revisions = await freeze(scope, change);
    for (const { id, code, required } of asked) {
      await ask(scope, change, { id, required });
      for (const revision of revisions) await share(scope, change, { revision, code, until: sharedUntil });
    }
    const submitted = await updateChange(scope, change, { state: next });
    const { number, version } = submitted;
    await appendEvent(scope, { type: 'engineering.change_submitted', record: change.id, body: { number, version } });
    return viewChange(scope, submitted);
  },
};

async function setAffected(
  scope: Scope,
  change: ChangeRow,
  affected: readonly { readonly revision: string; readonly effect: Effect }[],
): Promise<void> {
  const revisions = new Map(
    (
      await findRevisions(
        scope,
        affected.map((each) => each.revision),
      )
    ).map((row) => [row.id as string, row]),
  );
  const seen = new Set<string>();
  for (const [index, { revision, effect }] of affected.entries()) {
    const field = `affected.${index}.revision`;
    const row = revisions.get(revision);
    if (!row || seen.has(revision)) throw engineeringErrors.revision_unknown({ field, revision });
    seen.add(revision);
    const item = await itemOf(scope, row);
    if (row.organization !== scope.organization) throw engineeringErrors.not_the_owner({ what: named(item, row) });
    assertFits(item, row, effect);
  }
  await replaceAffected(scope, change.id, affected);
}

function assertFits(item: ItemRow, row: RevisionRow, effect: Effect): void {
  if (nextRevisionState(row.state, effect) !== null) return;
  const { en, zh: stateZh } = revisionStateWords[row.state];
  throw engineeringErrors.affected_state({
    what: named(item, row),
    stateEn: en.toLowerCase(),
    stateZh,
    effectEn: effectWords[effect].en.toLowerCase(),
    effectZh: effectWords[effect].zh,
  });
}

/** From now on the revisions are as they were submitted until the change is decided; answers are about these hashes. */
async function freeze(scope: Scope, change: ChangeRow): Promise<RecordId[]> {
  const affected = await affectedBy(scope, change.id);
  const locked = await lockRevisions(
    scope,
    affected.map((row) => row.revision_id),
  );
  const open = await openChangeOf(
    scope,
    locked.map((row) => row.id),
  );
  for (const row of locked) {
    const effect = affected.find(({ revision_id }) => revision_id === row.id);
    if (!effect) continue;
    const item = await itemOf(scope, row);
    if (open?.revision_id === row.id) throw engineeringErrors.under_change({ what: named(item, row), change: open.number });
    assertFits(item, row, effect.effect);
    await setSubmittedHash(scope, effect, row.content_hash ?? (await contentHash(scope, row)));
  }
  return locked.map((row) => row.id);
}

async function itemOf(scope: Scope, row: RevisionRow): Promise<ItemRow> {
  const [item] = await findItems(scope, [row.item_id]);
  // A revision that is seen shows its item.
  return item as ItemRow;
}

interface Asked {
  readonly id: OrganizationId;
  readonly code: string;
  readonly required: boolean;
}

async function partnersOf(
  scope: Scope,
  partners: readonly { readonly organization: string; readonly required: boolean }[],
): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const { organization: code, required } of partners) {
    const partner = await organizationByCode(scope, code);
    if (!partner || partner.state !== 'active') throw engineeringErrors.partner_unknown({ partner: code });
    if (partner.id === scope.organization || asked.some((each) => each.id === partner.id))
      throw engineeringErrors.partner_twice({ partner: code });
    asked.push({ id: partner.id, code, required });
  }
  return asked;
}

/** The request is a record of two: no partner is party to what another partner sees. */
async function ask(scope: Scope, change: ChangeRow, { id: partner, required }: Pick<Asked, 'id' | 'required'>): Promise<void> {
  const id = newId<'record'>();
  await createRecord(scope, {
    id,
    kind: 'engineering_change_request',
    parties: [
      { organization: scope.organization, role: 'owner' },
      { organization: partner, role: 'partner' },
    ],
  });
  await insertRequest(scope, { id, change_id: change.id, partner, required });
  const body = { change: change.id, number: change.number, title: change.title, required };
  await appendEvent(scope, { type: 'engineering.change_requested', record: id, body });
}

async function share(
  scope: Scope,
  change: ChangeRow,
  { revision, code, until }: { readonly revision: RecordId; readonly code: string; readonly until: string | undefined },
): Promise<void> {
  const expiresAt = until === undefined ? new Date(scope.now.getTime() + yearMs) : new Date(until);
  try {
    const grant = await giveGrant(scope, { record: revision, organization: code, reason: change.number, expiresAt });
    await insertShare(scope, change.id, grant.id);
  } catch (error) {
    // A partner that reads the revision already goes on doing so.
    if (!isYunfabError(error) || error.code !== 'access.already_sees') throw error;
  }
}
