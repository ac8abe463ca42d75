import type { Generated } from 'kysely';
import type { OrganizationId } from '../../database/index.js';

type Json = Record<string, unknown>;

/** An alias, because Kysely asks for an index signature that an interface lacks. */
export type DeviceConfigurationTables = {
  device_configuration: {
    device_id: string;
    organization: OrganizationId;
    device: string;
    /** 0: nothing is desired yet. */
    version: number;
    due_at: Date | null;
    sent_at: Generated<Date | null>;
    reported_version: Generated<number | null>;
    reported: Generated<Json | null>;
    reported_error: Generated<string | null>;
    reported_at: Generated<Date | null>;
  };
  device_configuration_version: {
    organization: OrganizationId;
    device_id: string;
    version: number;
    configuration: Json;
    set_at: Date;
    set_by: string;
  };
};
