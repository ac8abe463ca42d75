import type { ColumnType, Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../../database/index.js';
import type { Currency } from '../../measure/index.js';
import type { Specification } from '../../production/index.js';
import type { IncotermRule } from '../order/incoterms.js';
import type { InvitationState, RfqState, Standing, StoredQuoteState } from './states.js';

export type RfqTables = {
  rfq: {
    id: RecordId;
    buyer: OrganizationId;
    number: string;
    title: string;
    version: Generated<number>;
    state: RfqState;
    respond_by: Date;
    confidentiality_version: string | null;
    confidentiality_text: string | null;
    reason: string | null;
    created_at: Date;
    opened_at: Date | null;
    changed_at: Date;
  };
  rfq_content: {
    rfq_id: RecordId;
    currency: Currency;
    incoterms: IncotermRule | null;
    incoterms_place: string | null;
    wanted_on: string | null;
    payment_days: number | null;
    note: string | null;
  };
  rfq_line: {
    id: string;
    rfq_id: RecordId;
    position: number;
    description: string;
    /** Inserted as JSON text. */
    specification: Specification | string | null;
    unit: string;
    quantity: string;
    breaks: string[];
    note: string | null;
  };
  rfq_line_file: { rfq_id: RecordId; line_id: string; name: string; sha256: string; revision: string | null };
  /** Contract terms that the orders of the award are proposed under. */
  rfq_terms: { rfq_id: RecordId; terms_id: string; position: number };
  /** One root for each supplier; the RFQ itself is the buyer's alone. */
  rfq_invitation: {
    id: RecordId;
    rfq_id: RecordId;
    buyer: OrganizationId;
    supplier: OrganizationId;
    version: Generated<number>;
    state: InvitationState;
    standing: Standing;
    number: string;
    title: string;
    respond_by: Date;
    confidentiality_version: string | null;
    confidentiality_text: string | null;
    accepted_at: Date | null;
    accepted_by: string | null;
    reason: string | null;
    invited_at: Date;
    changed_at: Date;
  };
  rfq_assessment: { invitation_id: RecordId; rfq_id: RecordId; buyer: OrganizationId; duty_rate: string };
  rfq_question: {
    id: string;
    invitation_id: RecordId;
    rfq_id: RecordId;
    buyer: OrganizationId;
    supplier: OrganizationId;
    text: string;
    asked_at: Date;
    asked_by: string;
    answer: string | null;
    answered_at: Date | null;
    to_all: Generated<boolean>;
  };
  rfq_answer: { id: string; rfq_id: RecordId; number: number; question: string; answer: string; answered_at: Date };
  rfq_quote: {
    id: RecordId;
    invitation_id: RecordId;
    rfq_id: RecordId;
    buyer: OrganizationId;
    supplier: OrganizationId;
    number: string;
    version: Generated<number>;
    state: StoredQuoteState;
    revision: number;
    valid_until: Date;
    created_at: Date;
    changed_at: Date;
  };
  rfq_quote_revision: {
    quote_id: RecordId;
    revision: number;
    currency: Currency;
    incoterms: IncotermRule;
    incoterms_place: string;
    payment_days: number;
    tax_rate: string;
    freight: string;
    valid_until: Date;
    note: string | null;
    submitted_at: Date;
    submitted_by: string;
  };
  rfq_quote_line: {
    quote_id: RecordId;
    revision: number;
    line_id: string;
    tooling: string;
    minimum_lot: string | null;
    lead_days: number;
    note: string | null;
  };
  rfq_quote_price: { quote_id: RecordId; revision: number; line_id: string; from_quantity: string; unit_price: string };
  rfq_rate: {
    id: string;
    organization: OrganizationId;
    from_currency: Currency;
    to_currency: Currency;
    as_of: string;
    rate: string;
    source: string;
    entered_at: Date;
    entered_by: string;
  };
  /** Kept by triggers; only the buyer reads it. */
  rfq_balance: {
    line_id: string;
    rfq_id: RecordId;
    buyer: OrganizationId;
    asked: ColumnType<string, never, never>;
    awarded: ColumnType<string, never, never>;
  };
  rfq_award: {
    id: string;
    rfq_id: RecordId;
    buyer: OrganizationId;
    line_id: string;
    quote_id: RecordId;
    revision: number;
    order_id: RecordId;
    order_line_id: string;
    /** Signed: what an order gave back is negative. */
    quantity: string;
    reason: string | null;
    entered_at: Date;
    entered_by: string;
  };
};
