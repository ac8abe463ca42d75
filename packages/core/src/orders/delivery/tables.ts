import type { Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../../database/index.js';
import type { DifferenceKind, DifferenceState, ShortageReason } from './differences/states.js';
import type { RejectionCode } from './inspection/reasons.js';
import type { Sampling } from './inspection/sampling.js';
import type { PackageType } from './packaging/types.js';

export type DeliveryTables = {
  /** Never removed: a prefix that is registered again goes on where it stopped. */
  gs1_prefix: {
    organization: OrganizationId;
    prefix: string;
    active: boolean;
    /** The serial reference that the next SSCC holds. */
    next_serial: number;
    registered_by: string;
    registered_at: Date;
  };
  package_counter: {
    organization: OrganizationId;
    next: number;
  };
  package: {
    id: string;
    order_id: RecordId;
    shipment_id: string;
    supplier: OrganizationId;
    /** The package that holds it. */
    parent_id: string | null;
    /** Among all packages of the shipment; one that holds others comes before them. */
    position: number;
    number: string;
    sscc: boolean;
    type: PackageType;
    gross_kg: string | null;
    net_kg: string | null;
    length_mm: string | null;
    width_mm: string | null;
    height_mm: string | null;
  };
  package_content: {
    id: string;
    order_id: RecordId;
    shipment_id: string;
    package_id: string;
    shipment_line_id: string;
    /** In the unit of the order's line. */
    quantity: string;
    serials: Generated<string[]>;
  };
  receipt_difference: {
    id: string;
    order_id: RecordId;
    shipment_id: string;
    shipment_line_id: string;
    line_id: string;
    organization: OrganizationId;
    kind: DifferenceKind;
    /** Of a shortage. */
    reason: ShortageReason | null;
    quantity: string;
    units: Generated<string[]>;
    note: string | null;
    state: Generated<DifferenceState>;
    reported_by: string;
    reported_at: Date;
    answered_by: string | null;
    answered_at: Date | null;
    answer: string | null;
  };
  /** Never changed: what one inspection said of one shipment line. */
  inspection: {
    id: string;
    order_id: RecordId;
    shipment_line_id: string;
    line_id: string;
    organization: OrganizationId;
    accepted: string;
    conceded: string;
    rejected: string;
    rejection_code: RejectionCode | null;
    rejection_reason: string | null;
    concession_reason: string | null;
    /** Percent of the price that the conceded quantity is billed less. */
    price_reduction: string;
    /** The ledger's entry of the conceded quantity. */
    conceded_entry: string | null;
    /** Inserted as JSON text. */
    sampling: Sampling | string | null;
    inspected_by: string;
    inspected_at: Date;
  };
};
