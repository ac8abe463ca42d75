import type { Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../database/index.js';
import type { GateFinding } from './schema.js';
import type { LotState } from './states.js';

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
};
