import type { ColumnType, Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../../database/index.js';
import type { SuppliedKind } from './states.js';

/** Kept by the ledger's trigger; nobody writes it. */
type Balance = ColumnType<string, never, never>;

export type SuppliedTables = {
  /** What the buyer of an order provides for it. */
  supplied_material: {
    id: string;
    order_id: RecordId;
    line_id: string | null;
    version: Generated<number>;
    description: string;
    unit: string;
    /** How much goes into one good unit of the line, as agreed; null: not agreed. */
    per_unit: string | null;
    /** Percent that may be lost beside it. */
    loss_percent: string | null;
    /** Work in progress of the buyer that comes back with operations done to it: its lot stays the buyer's and moves no stock. */
    in_process: boolean;
    added_by: string;
    added_at: Date;
  } & Record<SuppliedKind, Balance>;
  supplied_entry: {
    id: string;
    order_id: RecordId;
    material_id: string;
    kind: SuppliedKind;
    /** Signed: a reversal is negative. */
    quantity: string;
    lot_id: RecordId;
    reverses: string | null;
    /** Taken by an issue to a job order, which consumes the lot itself. */
    by_issue: boolean;
    reason: string | null;
    organization: OrganizationId;
    entered_by: string;
    entered_at: Date;
  };
};
