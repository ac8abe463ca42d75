import type { Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../../database/index.js';
import type { Currency } from '../../measure/index.js';
import type { OrderSide } from '../order/states.js';
import type { AdditionType, DeductionType, StatementLineKind, StatementLineState, StatementState } from './states.js';

export type StatementTables = {
  statement: {
    id: RecordId;
    buyer: OrganizationId;
    supplier: OrganizationId;
    number: string;
    version: Generated<number>;
    state: StatementState;
    drafted_by: OrderSide;
    currency: Currency;
    period_from: string;
    period_to: string;
    note: string | null;
    net: string;
    tax: string;
    gross: string;
    /** The part of `gross` that deductions take off, negative. */
    deducted: string;
    line_count: number;
    drafted_at: Date;
    sent_at: Date | null;
    confirmed_at: Date | null;
    due_on: string | null;
    paid_on: string | null;
    payment_reference: string | null;
    paid_at: Date | null;
    settled_at: Date | null;
    reason: string | null;
    changed_at: Date;
  };
  statement_line: {
    id: string;
    statement_id: RecordId;
    position: number;
    revision: Generated<number>;
    kind: StatementLineKind;
    type: DeductionType | AdditionType | null;
    state: StatementLineState;
    adjusted: Generated<boolean>;
    proposed_by: OrderSide | null;
    order_id: RecordId | null;
    order_number: string | null;
    order_line_id: string | null;
    shipment_line_id: string | null;
    shipment_number: string | null;
    lot_id: RecordId | null;
    accepted_as: 'accepted' | 'conceded' | null;
    price_reduction: Generated<string>;
    credits: string | null;
    description: string;
    reason: string | null;
    quantity: string | null;
    unit: string | null;
    unit_price: string | null;
    net: string;
    tax_rate: string;
    tax: string;
    gross: string;
    accepted_on: string | null;
    basis: Generated<string[]>;
    payment_days: Generated<number>;
    disputed_by: OrderSide | null;
    dispute_reason: string | null;
    supplier_confirmed_by: string | null;
    supplier_confirmed_at: Date | null;
    buyer_confirmed_by: string | null;
    buyer_confirmed_at: Date | null;
    entry_id: string | null;
  };
  statement_line_revision: {
    line_id: string;
    revision: number;
    statement_id: RecordId;
    cause: 'collected' | 'proposed' | 'adjusted' | 'refreshed';
    side: OrderSide;
    reason: string | null;
    quantity: string | null;
    unit_price: string | null;
    net: string;
    tax_rate: string;
    tax: string;
    gross: string;
    made_by: string;
    made_at: Date;
  };
  /** Of all open statements one holds a shipment line. */
  statement_claim: {
    shipment_line_id: string;
    statement_id: RecordId;
  };
  /** One row for each side, kept by a trigger. */
  statement_party: {
    organization: OrganizationId;
    statement_id: RecordId;
    role: OrderSide;
    counterparty: OrganizationId;
    state: StatementState;
    period_from: string;
    period_to: string;
    due_on: string | null;
    changed_at: Date;
  };
};
