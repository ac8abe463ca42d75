import type { ColumnType, Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../../database/index.js';

export type TermsTables = {
  terms_version: {
    id: string;
    organization: OrganizationId;
    code: string;
    number: number;
    revision: Generated<number>;
    title_en: string;
    title_zh: string;
    text_en: string;
    text_zh: string;
    /** Kept by a trigger. */
    sha256: ColumnType<string, never, never>;
    platform: boolean;
    created_at: Date;
    changed_at: Date;
    published_at: Date | null;
    published_by: string | null;
    retired_at: Date | null;
  };
  order_terms: {
    id: string;
    order_id: RecordId;
    terms_id: string;
    organization: OrganizationId;
    attached_by: string;
    attached_at: Date;
    detached_at: Date | null;
  };
  order_terms_acceptance: {
    order_terms_id: string;
    order_id: RecordId;
    organization: OrganizationId;
    sha256: string;
    actor_kind: string;
    accepted_by: string;
    accepted_at: Date;
  };
};
