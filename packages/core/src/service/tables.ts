import type { Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../database/index.js';
import type { EvidenceKind } from './evidence.js';
import type { CaseKind } from './schema.js';
import type { CaseMove, CaseSide, CaseState } from './states.js';

export type ServiceTables = {
  service_case: {
    id: RecordId;
    reporter: OrganizationId;
    resolver: OrganizationId;
    number: string;
    version: Generated<number>;
    state: CaseState;
    thing_kind: 'unit' | 'lot';
    thing_id: RecordId;
    thing_code: string;
    kind: CaseKind;
    symptom: string;
    occurred_at: Date;
    due_by: Date;
    owner: string | null;
    cause: string | null;
    resolution: string | null;
    opened_at: Date;
    changed_at: Date;
  };
  /** One row for each side, kept by a trigger: what its lists are cut from. */
  service_case_party: {
    organization: OrganizationId;
    case_id: RecordId;
    role: CaseSide;
    state: CaseState;
    due_by: Date;
    changed_at: Date;
  };
  service_case_move: {
    id: string;
    case_id: RecordId;
    organization: OrganizationId;
    side: CaseSide;
    move: CaseMove | 'open';
    state: CaseState;
    note: string | null;
    moved_by: string;
    moved_at: Date;
  };
  service_case_evidence: {
    id: string;
    case_id: RecordId;
    organization: OrganizationId;
    side: CaseSide;
    kind: EvidenceKind;
    evidence_id: string;
    note: string | null;
    added_at: Date;
  };
};
