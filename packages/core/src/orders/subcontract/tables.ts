import type { Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../../database/index.js';

export type SubcontractTables = {
  /** The contractor's own: what a sub-order's delivery became. */
  allocation_credit: {
    id: string;
    supplier: OrganizationId;
    /** Of the line that it went into. */
    line_id: string;
    allocation_id: string;
    shipment_line_id: string;
    /** The `produced` entry. */
    entry_id: string;
    received_lot_id: RecordId;
    lot_id: RecordId;
    quantity: string;
    taken_back: Generated<string>;
    created_at: Date;
  };
};
