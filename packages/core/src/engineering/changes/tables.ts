import type { Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../../database/index.js';
import type { Answer, ChangeSide, ChangeState, Effect } from './states.js';

export type ChangeTables = {
  engineering_change: {
    id: RecordId;
    organization: OrganizationId;
    number: string;
    title: string;
    reason: string;
    version: Generated<number>;
    state: Generated<ChangeState>;
    created_by: string;
    created_at: Date;
    changed_at: Date;
    released_at: Date | null;
  };
  engineering_change_affected: { change_id: RecordId; revision_id: RecordId; effect: Effect; content_hash: string | null };
  /** What one partner is asked; a record of its own, so that partners do not learn of each other. */
  engineering_change_request: {
    id: RecordId;
    change_id: RecordId;
    organization: OrganizationId;
    partner: OrganizationId;
    required: boolean;
    version: Generated<number>;
    answer: Generated<Answer>;
    reason: string | null;
    answered_by: string | null;
    answered_at: Date | null;
  };
  /** The grants that submitting gave; ended when the change comes to nothing. */
  engineering_change_share: { organization: OrganizationId; change_id: RecordId; grant_id: string };
  /** One row for each side, kept by triggers: lists page here. */
  engineering_change_party: {
    organization: OrganizationId;
    change_id: RecordId;
    role: ChangeSide;
    state: ChangeState;
    changed_at: Date;
  };
};
