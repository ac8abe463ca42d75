import { requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { engineeringErrors } from '../errors.js';
import type { EngineeringService } from '../service.js';
import { allowed, notYourMove } from './moves.js';
import { answerRequest, type ChangeRow, findChange, findRequest, lockRequest, type RequestRow, sideOf } from './repository.js';
import { factsOf, viewChange } from './view.js';

/** What a partner says to a change; the change itself stays as it is, so that other partners notice nothing. */
export const answering: Pick<EngineeringService, 'acknowledgeChange' | 'declineChange'> = {
  async acknowledgeChange(scope, input) {
    const { request, change } = await beginAnswer(scope, input, 'acknowledge');
    await answerRequest(scope, request, 'acknowledged', null);
    const body = { change: change.id, number: change.number };
    await appendEvent(scope, { type: 'engineering.change_acknowledged', record: request.id, body });
    return viewChange(scope, change);
  },

  async declineChange(scope, input) {
    const { request, change } = await beginAnswer(scope, input, 'decline');
    await answerRequest(scope, request, 'declined', input.reason);
    const body = { change: change.id, number: change.number, reason: input.reason };
    await appendEvent(scope, { type: 'engineering.change_declined', record: request.id, body });
    return viewChange(scope, change);
  },
};

async function beginAnswer(
  scope: Scope,
  input: { readonly request: string; readonly version: number },
  move: 'acknowledge' | 'decline',
): Promise<{ readonly request: RequestRow; readonly change: ChangeRow }> {
  const request = await lockRequest(scope, input.request);
  if (!request) {
    const seen = await findRequest(scope, input.request);
    if (!seen) throw requestErrors.not_found({ kind: 'engineering_change_request' });
    throw notYourMove(move, await sideOf(scope, seen.change_id));
  }
  if (request.version !== input.version) throw engineeringErrors.version_stale({ current: request.version, sent: input.version });
  // A request that is seen shows its change; read after the lock, so that a decision made meanwhile counts.
  const change = (await findChange(scope, request.change_id)) as ChangeRow;
  allowed(change.state, move, 'partner', factsOf(1, [request]));
  return { request, change };
}
