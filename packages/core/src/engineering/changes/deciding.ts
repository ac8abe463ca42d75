import { revokeGrant } from '../../access/index.js';
import type { Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { findItems, type ItemRow, lockRevisions } from '../repository.js';
import { releaseRevision, retireRevision } from '../revisions.js';
import type { EngineeringService } from '../service.js';
import { beginChangeMove, lockedChange, type OpenChange } from './moves.js';
import { affectedBy, type ChangeRow, sharesOf, updateChange } from './repository.js';
import type { ChangeView } from './schema.js';
import { viewChange } from './view.js';

/** What the owner decides about a change that was submitted. */
export const deciding: Pick<EngineeringService, 'approveChange' | 'rejectChange' | 'releaseChange' | 'cancelChange'> = {
  async approveChange(scope, input) {
    return decided(scope, await beginChangeMove(scope, input, 'approve'), 'engineering.change_approved');
  },

  async rejectChange(scope, input) {
    const move = await beginChangeMove(scope, input, 'reject');
    await endShares(scope, move.change);
    return decided(scope, move, 'engineering.change_rejected');
  },

  /** Releasing again what is released changes nothing: whoever repeats it is told how it stands. */
  async releaseChange(scope, input) {
    const already = await lockedChange(scope, input.change, 'release');
    if (already.state === 'released' && input.version >= already.version - 1) return viewChange(scope, already);
    const move = await beginChangeMove(scope, input, 'release');
    await takeEffect(scope, move.change);
    return decided(scope, move, 'engineering.change_released');
  },

  async cancelChange(scope, input) {
    const move = await beginChangeMove(scope, input, 'cancel');
    await endShares(scope, move.change);
    return decided(scope, move, 'engineering.change_canceled');
  },
};

async function takeEffect(scope: Scope, change: ChangeRow): Promise<void> {
  const affected = await affectedBy(scope, change.id);
  const rows = await lockRevisions(
    scope,
    affected.map((row) => row.revision_id),
  );
  const items = new Map(
    (
      await findItems(
        scope,
        rows.map((row) => row.item_id),
      )
    ).map((item) => [item.id, item]),
  );
  const effects = new Map(affected.map((row) => [row.revision_id, row.effect]));
  const released = new Set(rows.filter((row) => effects.get(row.id) === 'release').map((row) => row.id as string));
  for (const row of rows) {
    const item = items.get(row.item_id) as ItemRow;
    if (released.has(row.id)) await releaseRevision(scope, item, row, released);
    else await retireRevision(scope, item, row);
  }
}

/** What was shown for a change that comes to nothing is shown no longer. */
async function endShares(scope: Scope, change: ChangeRow): Promise<void> {
  for (const grant of await sharesOf(scope, change.id)) await revokeGrant(scope, grant);
}

async function decided(scope: Scope, { change, requests, next }: OpenChange, type: string): Promise<ChangeView> {
  const after = await updateChange(scope, change, { state: next, ...(next === 'released' ? { released_at: scope.now } : {}) });
  const body = { change: after.id, number: after.number, state: after.state, version: after.version };
  await appendEvent(scope, { type, record: after.id, body });
  // Each partner reads of it on its own request.
  for (const request of requests) await appendEvent(scope, { type, record: request.id, body });
  return viewChange(scope, after);
}
