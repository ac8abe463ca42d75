import type { Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../../database/index.js';
import type { OrderSide } from '../order/states.js';

export type RatingTables = {
  order_rating: {
    id: string;
    order_id: RecordId;
    organization: OrganizationId;
    side: OrderSide;
    rated: OrganizationId;
    revision: Generated<number>;
    delivery: number;
    quality: number;
    communication: number;
    text: string | null;
    rated_by: string;
    rated_at: Date;
    changed_at: Date;
    reply: string | null;
    replied_by: string | null;
    replied_at: Date | null;
  };
  /** Kept by a trigger. */
  order_rating_revision: {
    rating_id: string;
    order_id: RecordId;
    revision: number;
    delivery: number;
    quality: number;
    communication: number;
    text: string | null;
    rated_by: string;
    rated_at: Date;
  };
  supplier_score: {
    organization: OrganizationId;
    since: string;
    until: string;
    orders_from: number;
    buyers_from: number;
    on_time_percent: number | null;
    accepted_percent: number | null;
    rejected_ppm: number | null;
    response_hours: number | null;
    delivery: string | null;
    quality: string | null;
    communication: string | null;
    published_at: Date;
  };
};
