import type { Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../../database/index.js';
import type { ComplaintCategory, ComplaintMove, ComplaintOutcome, ComplaintSide, ComplaintState, ComplaintSubject } from './states.js';

export type ComplaintTables = {
  complaint: {
    id: RecordId;
    order_id: RecordId;
    order_number: string;
    complainant: OrganizationId;
    respondent: OrganizationId;
    operator: OrganizationId | null;
    number: string;
    version: Generated<number>;
    state: ComplaintState;
    category: ComplaintCategory;
    subject_kind: ComplaintSubject;
    subject_id: string;
    subject_label: string;
    text: string;
    owner: string | null;
    outcome: ComplaintOutcome | null;
    answer_due_at: Date;
    resolution_due_at: Date;
    decision_due_at: Date | null;
    due_at: Date | null;
    answered_at: Date | null;
    filed_at: Date;
    changed_at: Date;
  };
  /** One row for each side, kept by a trigger. */
  complaint_party: {
    organization: OrganizationId;
    complaint_id: RecordId;
    order_id: RecordId;
    role: ComplaintSide;
    state: ComplaintState;
    due_key: Date;
  };
  complaint_move: {
    id: string;
    complaint_id: RecordId;
    organization: OrganizationId;
    side: ComplaintSide;
    move: ComplaintMove | 'file';
    state: ComplaintState;
    text: string | null;
    moved_by: string;
    moved_at: Date;
  };
};
