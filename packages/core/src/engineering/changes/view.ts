import { organizationNames } from '../../access/index.js';
import type { Scope } from '../../database/index.js';
import { findItems, findRevisions } from '../repository.js';
import type { ItemView } from '../schema.js';
import { itemRef, owner, revisionRef } from '../view.js';
import { affectedBy, type ChangeRow, type RequestRow, requestsOf, sideOf } from './repository.js';
import type { ChangeRequestView, ChangeSummary, ChangeView } from './schema.js';
import {
  answerWords,
  type ChangeFacts,
  type ChangeSide,
  changeMovesOf,
  changeMoveWords,
  changeObstacleWords,
  changeStateWords,
  effectWords,
  judgeChange,
} from './states.js';

/** The change as the asking organization may know it: its partners are told of nobody but themselves. */
export async function viewChange(scope: Scope, change: ChangeRow): Promise<ChangeView> {
  const side = await sideOf(scope, change.id);
  const requests = await requestsOf(scope, change.id);
  const names = await organizationNames(scope, [change.organization, ...requests.map((row) => row.partner)]);
  const affected = await viewAffected(scope, change);
  const facts = factsOf(affected.length, requests);
  return {
    ...summarizeChange(change, side, owner(names, change.organization)),
    reason: change.reason,
    createdAt: change.created_at.toISOString(),
    createdBy: change.created_by,
    releasedAt: change.released_at?.toISOString() ?? null,
    affected,
    requests: requests.map((row) => viewRequest(row, owner(names, row.partner))),
    moves: side === null ? [] : viewMoves(change, side, facts),
    waitingFor: waiting(change, side, requests, owner(names, change.organization)),
  };
}

export function summarizeChange(change: ChangeRow, side: ChangeSide | null, of: ItemView['owner']): ChangeSummary {
  return {
    id: change.id,
    number: change.number,
    title: change.title,
    version: change.version,
    state: change.state,
    stateWords: changeStateWords[change.state],
    side: side ?? 'reader',
    owner: of,
    changedAt: change.changed_at.toISOString(),
  };
}

export function factsOf(affected: number, requests: readonly RequestRow[]): ChangeFacts {
  return { affected, answers: requests.map(({ required, answer }) => ({ required, answer })) };
}

async function viewAffected(scope: Scope, change: ChangeRow): Promise<ChangeView['affected']> {
  const rows = await affectedBy(scope, change.id);
  const revisions = new Map(
    (
      await findRevisions(
        scope,
        rows.map((row) => row.revision_id),
      )
    ).map((row) => [row.id, row]),
  );
  const items = new Map(
    (
      await findItems(
        scope,
        [...revisions.values()].map((row) => row.item_id),
      )
    ).map((row) => [row.id, row]),
  );
  return rows.flatMap(({ revision_id, effect, content_hash }) => {
    const revision = revisions.get(revision_id);
    const item = revision && items.get(revision.item_id);
    if (!item) return [];
    const ref = { ...revisionRef(revision), item: itemRef(item), version: revision.version };
    return [{ effect, effectWords: effectWords[effect], revision: ref, contentHash: content_hash }];
  });
}

function viewRequest(row: RequestRow, partner: ItemView['owner']): ChangeRequestView {
  return {
    id: row.id,
    version: row.version,
    partner,
    required: row.required,
    answer: row.answer,
    answerWords: answerWords[row.answer],
    reason: row.reason,
    answeredBy: row.answered_by,
    answeredAt: row.answered_at?.toISOString() ?? null,
  };
}

function viewMoves(change: ChangeRow, side: ChangeSide, facts: ChangeFacts): ChangeView['moves'] {
  return changeMovesOf(change.state, side).map((move) => {
    const judged = judgeChange(change.state, move, side, facts);
    const obstacle = judged.allowed || judged.because === 'wrong_side' || judged.because === 'wrong_state' ? null : judged.because;
    const reason = obstacle ? { code: `engineering.${obstacle}`, words: changeObstacleWords[obstacle] } : null;
    return { move, words: changeMoveWords[move], allowed: judged.allowed, reason };
  });
}

const nothing = { own: false, words: { en: 'Nothing is awaited.', zh: '无需进一步操作。' } };

/** Whose move it is. A partner that has answered waits for the owner, whatever others have still to say. */
function waiting(
  change: ChangeRow,
  side: ChangeSide | null,
  requests: readonly RequestRow[],
  { name }: ItemView['owner'],
): ChangeView['waitingFor'] {
  const own = side === 'owner';
  const forOwner = (en: string, zh: string) => ({ own, words: { en: `Waiting for ${name.en} to ${en}`, zh: `等待${name.zh}${zh}` } });
  if (change.state === 'draft') return forOwner('submit it', '提交');
  if (change.state !== 'submitted' && change.state !== 'approved') return nothing;
  const pending = requests.filter((row) => row.required && row.answer === 'pending').length;
  if (pending > 0 && !own) return { own: true, words: { en: 'Waiting for your organization to answer', zh: '等待您的企业答复' } };
  if (pending > 0 && change.state === 'approved')
    return { own: false, words: { en: `Waiting for ${pending} required answers`, zh: `等待 ${pending} 份必须的答复` } };
  return change.state === 'submitted' ? forOwner('approve or reject it', '批准或驳回') : forOwner('release it', '发布');
}
