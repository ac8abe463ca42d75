import type { Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../database/index.js';

/**
 * The tables of access as runtime may use them; hashes and `visible_to` are never read.
 * An alias, because Kysely asks for an index signature that an interface lacks.
 */
export type AccessTables = {
  organization_registry: {
    id: OrganizationId;
    code: string;
    name_en: string;
    name_zh: string;
    country: string;
    identifier_scheme: 'uscc' | 'lei' | 'national';
    identifier: string;
    time_zone: string;
    state: Generated<'active' | 'suspended'>;
    /** At most one organization runs the platform. */
    is_operator: Generated<boolean>;
    created_at: Generated<Date>;
  };
  record: { id: RecordId; kind: string; created_by: OrganizationId; created_at: Date; visible_to: OrganizationId[] };
  party: { record_id: RecordId; organization: OrganizationId; role: string; created_at: Generated<Date> };
  grant_given: {
    id: string;
    record_id: RecordId;
    organization: OrganizationId;
    granted_by: OrganizationId;
    reason: string;
    created_at: Date;
    expires_at: Date | null;
    revoked_at: Date | null;
  };
  person: { id: string; email: string; locale: string; created_at: Date };
  membership: {
    id: Generated<string>;
    organization: OrganizationId;
    person: string;
    name: string | null;
    roles: string[];
    created_at: Generated<Date>;
    ended_at: Date | null;
  };
  api_key: {
    id: string;
    organization: OrganizationId;
    name: string;
    prefix: string;
    hash: Buffer;
    scopes: string[];
    created_at: Date;
    created_by: string;
    expires_at: Date | null;
    last_used_at: Date | null;
    revoked_at: Date | null;
  };
  device_credential: {
    id: string;
    organization: OrganizationId;
    device: string;
    hash: Buffer;
    created_at: Date;
    last_used_at: Date | null;
    revoked_at: Date | null;
  };
};
