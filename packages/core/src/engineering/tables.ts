import type { ColumnType, Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../database/index.js';
import type { Specification } from './schema.js';
import type { RevisionState } from './states.js';

export type EngineeringTables = {
  item: {
    id: RecordId;
    organization: OrganizationId;
    number: string;
    kind: string;
    name_en: string;
    name_zh: string;
    unit: string;
    created_at: Date;
  };
  /** What one party calls an item of another; only that party reads it. */
  item_own_number: { organization: OrganizationId; item_id: RecordId; number: string };
  item_revision: {
    id: RecordId;
    organization: OrganizationId;
    item_id: RecordId;
    label: string;
    version: Generated<number>;
    state: Generated<RevisionState>;
    specification: ColumnType<Specification | null, string | null | undefined, string | null>;
    note: string | null;
    copied_from: RecordId | null;
    content_hash: string | null;
    created_by: string;
    created_at: Date;
    released_by: string | null;
    released_at: Date | null;
    obsolete_at: Date | null;
  };
  bom_line: {
    id: string;
    revision_id: RecordId;
    position: number;
    item_id: RecordId;
    component_revision: RecordId | null;
    quantity: string;
    scrap_percent: string;
    phantom: boolean;
    designators: string[];
    alternates: RecordId[];
  };
  routing_operation: {
    id: string;
    revision_id: RecordId;
    position: number;
    name_en: string;
    name_zh: string;
    work_center: string;
    setup_seconds: string;
    run_seconds: string;
    subcontractable: boolean;
  };
};
