import type { Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../database/index.js';
import type { Currency } from '../measure/index.js';
import type { IncotermRule } from '../orders/index.js';
import type { Specification } from '../production/index.js';
import type { ConsumerOrderState } from './consumers/states.js';
import type { LeadMove, LeadSource, LeadState } from './leads/states.js';
import type { QuotationSide, StoredQuotationState } from './quotations/states.js';

export type CommerceTables = {
  campaign: {
    id: string;
    organization: OrganizationId;
    code: string;
    name: string;
    source: LeadSource;
    edition: string | null;
    booth: string | null;
    starts_on: string;
    ends_on: string;
    token: string;
    created_at: Date;
  };
  lead: {
    id: string;
    organization: OrganizationId;
    campaign_id: string | null;
    /** Made by the device that took the lead, perhaps without a network. */
    capture_key: string;
    source: LeadSource;
    version: Generated<number>;
    state: LeadState;
    company: string | null;
    country: string | null;
    interest: string;
    contact_name: string | null;
    email: string | null;
    phone: string | null;
    consented_at: Date | null;
    consent_withdrawn_at: Date | null;
    owner: string | null;
    follow_up_on: string | null;
    note: string | null;
    reason: string | null;
    captured_at: Date;
    created_at: Date;
    changed_at: Date;
    contacted_at: Date | null;
    sampled_at: Date | null;
    quoted_at: Date | null;
    won_at: Date | null;
    lost_at: Date | null;
  };
  lead_move: {
    id: string;
    organization: OrganizationId;
    lead_id: string;
    move: LeadMove;
    from_state: LeadState;
    to_state: LeadState;
    reason: string | null;
    moved_by: string;
    moved_at: Date;
  };
  quotation: {
    id: RecordId;
    supplier: OrganizationId;
    buyer: OrganizationId | null;
    number: string;
    version: Generated<number>;
    state: StoredQuotationState;
    revision: number;
    sent_revision: number | null;
    valid_until: Date;
    order_id: RecordId | null;
    reason: string | null;
    created_at: Date;
    changed_at: Date;
  };
  /** One row for each side that may see it, kept by a trigger; lead and contact are the supplier's own. */
  quotation_party: {
    organization: OrganizationId;
    quotation_id: RecordId;
    role: QuotationSide;
    state: StoredQuotationState;
    valid_until: Date;
    changed_at: Date;
    lead_id: string | null;
    /** Inserted as JSON text. */
    contact: OutsideContact | string | null;
  };
  quotation_revision: {
    quotation_id: RecordId;
    revision: number;
    currency: Currency;
    total: string;
    incoterm: IncotermRule | null;
    place: string | null;
    valid_until: Date;
    note: string | null;
    created_at: Date;
    sent_at: Date | null;
  };
  quotation_line: {
    id: string;
    quotation_id: RecordId;
    revision: number;
    position: number;
    description: string;
    /** Inserted as JSON text. */
    specification: Specification | string | null;
    unit: string;
    quantity: string;
    unit_price: string;
    amount: string;
  };
  /** What the supplier reckoned with; nobody else reads it. */
  quotation_cost: {
    organization: OrganizationId;
    quotation_id: RecordId;
    revision: number;
    /** Inserted as JSON text. */
    cost: Record<string, unknown> | string;
  };
  consumer_order: {
    id: RecordId;
    organization: OrganizationId;
    number: string;
    version: Generated<number>;
    state: ConsumerOrderState;
    description: string;
    /** Inserted as JSON text. */
    specification: Specification | string | null;
    unit: string;
    currency: Currency;
    price: string;
    due_on: string | null;
    order_id: RecordId | null;
    order_line_id: string | null;
    job_id: RecordId | null;
    unit_id: RecordId | null;
    reason: string | null;
    placed_at: Date;
    changed_at: Date;
  };
  /** The person behind a consumer order; only the selling organization reads it, whoever may see the order. */
  consumer_person: {
    organization: OrganizationId;
    consumer_order_id: RecordId;
    name: string;
    email: string | null;
    phone: string | null;
    address: string | null;
    /** Inserted as JSON text; null when none were given or consent was withdrawn. */
    measurements: Record<string, MeasuredValue> | string | null;
    consent_text: string | null;
    consented_at: Date | null;
    consent_withdrawn_at: Date | null;
  };
};

export interface OutsideContact {
  readonly name: string;
  readonly company?: string | undefined;
  readonly email?: string | undefined;
  readonly country?: string | undefined;
}

export interface MeasuredValue {
  readonly value: string;
  readonly unit: string;
}
