import type { Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../database/index.js';

export type EquipmentState = 'active' | 'retired';

/** An alias, because Kysely asks for an index signature that an interface lacks. */
export type EquipmentTables = {
  equipment: {
    id: RecordId;
    organization: OrganizationId;
    code: string;
    name: string;
    model: string;
    parent: string;
    state: Generated<EquipmentState>;
    created_at: Date;
  };
  device: {
    id: string;
    organization: OrganizationId;
    code: string;
    equipment_id: RecordId;
    created_at: Date;
  };
  device_credential: {
    id: string;
    organization: OrganizationId;
    device: string;
    hash: Buffer;
    created_at: Date;
    revoked_at: Date | null;
  };
  device_token_waiting: {
    organization: OrganizationId;
    device: string;
    credential: string;
    sealed: Buffer;
    created_at: Date;
  };
};
