import type { ColumnType, Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../../database/index.js';
import type { Currency } from '../../measure/index.js';
import type { Specification } from '../../production/index.js';
import type { ChangeTerms, Difference } from '../changes/schema.js';
import type { ChangeState } from '../changes/states.js';
import type { EntryEvidence, EntryKind } from '../ledger/entries.js';
import type { IncotermRule } from './incoterms.js';
import type { ChangeKind, OrderSide, OrderState } from './states.js';

/** Kept by the ledger's trigger; nobody writes it. */
type Balance = ColumnType<string, never, never>;

export type OrderTables = {
  shared_order: {
    id: RecordId;
    buyer: OrganizationId;
    supplier: OrganizationId;
    number: string;
    version: Generated<number>;
    state: OrderState;
    currency: Currency;
    total: string;
    due_on: string;
    note: string | null;
    reason: string | null;
    description: string;
    line_count: number;
    proposed_at: Date;
    changed_at: Date;
    incoterms: IncotermRule | null;
    incoterms_place: string | null;
    payment_days: number | null;
    /** The quote that it was awarded on. */
    quote_id: string | null;
    resumes_to: OrderState | null;
    held_by: OrderSide | null;
    disputed_by: OrderSide | null;
    change_id: string | null;
    change_kind: ChangeKind | null;
    change_by: OrderSide | null;
    terms_open: Generated<boolean>;
  };
  order_change: {
    id: string;
    order_id: RecordId;
    number: number;
    kind: ChangeKind;
    state: ChangeState;
    side: OrderSide;
    organization: OrganizationId;
    reason: string;
    /** Inserted as JSON text. */
    terms: ChangeTerms | string;
    /** Inserted as JSON text. */
    diff: Difference[] | string;
    proposed_by: string;
    proposed_at: Date;
    answer: string | null;
    answered_by: string | null;
    answered_at: Date | null;
  };
  order_milestone: {
    id: string;
    order_id: RecordId;
    position: number;
    name: string;
    due_on: string;
    reached_at: Date | null;
    reached_note: string | null;
    confirmed_at: Date | null;
  };
  /** One row for each side, kept by a trigger; own number and private note belong to the side. */
  order_party: {
    organization: OrganizationId;
    order_id: RecordId;
    role: OrderSide;
    state: OrderState;
    changed_at: Date;
    counterparty: OrganizationId;
    own_number: string | null;
    private_note: string | null;
    due_on: string;
    /** Number and description in lower case: what a text is looked for in. */
    words: string;
    /** The organization's own: it subcontracts with this order. Kept by a trigger. */
    sub_order: Generated<boolean>;
  };
  order_line: {
    id: string;
    order_id: RecordId;
    position: number;
    description: string;
    /** Inserted as JSON text. */
    specification: Specification | string | null;
    specification_version: Generated<number>;
    unit: string;
    quantity: string;
    unit_price: string;
    amount: string;
    due_on: string | null;
    tax_rate: Generated<string>;
    over_tolerance: Generated<string>;
    under_tolerance: Generated<string>;
    relinquished: Generated<string>;
    ordered: Balance;
    allocated: Balance;
    produced: Balance;
    produced_by_hand: Balance;
    shipped: Balance;
    received: Balance;
    accepted: Balance;
    conceded: Balance;
    rejected: Balance;
    returned: Balance;
    invoiced: Balance;
  };
  order_schedule_line: {
    id: string;
    order_id: RecordId;
    line_id: string;
    due_on: string;
    quantity: string;
  };
  /** The supplier's own: who makes which part of a line. */
  order_allocation: {
    id: string;
    order_id: RecordId;
    line_id: string;
    supplier: OrganizationId;
    factory: OrganizationId;
    /** Null: what the other allocations of the line leave. */
    quantity: string | null;
    /** Positions of the routing; null: all. */
    first_operation: number | null;
    last_operation: number | null;
    sub_order_id: string | null;
    sub_line_id: string | null;
    /** Given back: the sub-order was declined, cut or closed, or the contractor took it away. */
    released: Generated<string>;
    /** What came back so far. */
    credited: Generated<string>;
    /** The operation of a job order that is performed outside. */
    job_order_id: string | null;
    operation_id: string | null;
    created_at: Date;
  };
  order_entry: {
    id: string;
    order_id: RecordId;
    line_id: string;
    allocation_id: string | null;
    kind: EntryKind;
    /** Signed: a reversal is negative. */
    quantity: string;
    reverses: string | null;
    shipment_line_id: string | null;
    lot_id: RecordId | null;
    evidence: EntryEvidence;
    reason: string | null;
    organization: OrganizationId;
    entered_by: string;
    entered_at: Date;
  };
  shipment: {
    id: string;
    order_id: RecordId;
    supplier: OrganizationId;
    number: string;
    note: string | null;
    shipped_at: Date;
  };
  shipment_line: {
    id: string;
    order_id: RecordId;
    shipment_id: string;
    line_id: string;
    lot_id: RecordId;
    quantity: string;
    unit_price: string;
    /** The receipt difference whose surplus it ships. */
    corrects: ColumnType<string | null, string | null | undefined, never>;
    shipped: Balance;
    received: Balance;
    accepted: Balance;
    conceded: Balance;
    rejected: Balance;
    returned: Balance;
    invoiced: Balance;
  };
};
