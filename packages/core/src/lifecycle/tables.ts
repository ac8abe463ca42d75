import type { Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../database/index.js';
import type { ActivityKind } from './activities/kinds.js';
import type { GateFinding } from './lots/schema.js';
import type { LotState } from './lots/states.js';
import type { UnitState } from './units/states.js';

export type LifecycleTables = {
  lot: {
    id: RecordId;
    organization: OrganizationId;
    code: string;
    version: Generated<number>;
    state: LotState;
    unit: string;
    quantity: Generated<string>;
    shipped: Generated<string>;
    /** Used up by the maker: neither here nor shipped. */
    consumed: Generated<string>;
    item: string | null;
    created_at: Date;
    closed_at: Date | null;
    released_at: Date | null;
  };
  lot_release: {
    id: string;
    organization: OrganizationId;
    lot_id: RecordId;
    /** Inserted as JSON text. */
    findings: GateFinding[] | string;
    released_by: string;
    released_at: Date;
  };
  lot_holding: {
    organization: OrganizationId;
    lot_id: RecordId;
    received: string;
    consumed: Generated<string>;
    /** Of it, what somebody else owns and what serves one purpose only. */
    bound: Generated<string>;
  };
  /** Where a holder keeps a unit, when not in the lot that it was made in. */
  unit_place: { organization: OrganizationId; unit_id: RecordId; lot_id: RecordId };
  unit: {
    id: RecordId;
    organization: OrganizationId;
    serial: string;
    item: string | null;
    item_code: Generated<string>;
    lot_id: RecordId | null;
    holder: OrganizationId;
    version: Generated<number>;
    state: UnitState;
    created_at: Date;
    changed_at: Date;
  };
  product_identifier: {
    id: string;
    organization: OrganizationId;
    subject_id: RecordId;
    scheme: string;
    value: string;
    class_level: boolean;
    shared: boolean;
    created_at: Date;
  };
  activity: {
    id: RecordId;
    organization: OrganizationId;
    kind: ActivityKind;
    at: Date;
    place: string | null;
    receiver: OrganizationId | null;
    equipment_id: string | null;
    run_id: string | null;
    note: string | null;
    /** Inserted as JSON text. */
    details: Generated<Record<string, unknown> | string>;
    recorded_by: string;
    recorded_at: Date;
  };
  activity_thing: {
    activity_id: RecordId;
    role: 'input' | 'output';
    ordinal: number;
    thing_id: RecordId;
    quantity: string;
    unit: string;
    position: string | null;
    at: Date;
  };
  genealogy: {
    id: string;
    organization: OrganizationId;
    guard_id: RecordId;
    input_id: RecordId;
    output_id: RecordId;
    activity_id: RecordId | null;
    kind: ActivityKind | 'member';
    position: string | null;
    quantity: string;
    unit: string;
    valid_from: Date;
    valid_to: Date | null;
    ended_by: RecordId | null;
  };
};
