import type { Generated } from 'kysely';
import type { OrganizationId, RecordId } from '../../database/index.js';
import type { DeviceCommandState } from './states.js';

/** An alias, because Kysely asks for an index signature that an interface lacks. */
export type DeviceCommandTables = {
  device_command: {
    id: string;
    organization: OrganizationId;
    device: string;
    device_id: string;
    equipment_id: RecordId;
    name: string;
    parameters: Record<string, unknown>;
    state: DeviceCommandState;
    created_at: Date;
    created_by: string;
    expires_at: Date;
    due_at: Date | null;
    sent_at: Generated<Date | null>;
    deliveries: Generated<number>;
    ended_at: Generated<Date | null>;
    answer: Generated<Record<string, unknown> | null>;
    answered_at: Generated<Date | null>;
    answered_late: Generated<boolean | null>;
  };
  device_command_step: {
    organization: OrganizationId;
    command: string;
    position: Generated<string>;
    at: Date;
    what: DeviceCommandStep;
    by: string | null;
    answer: Record<string, unknown> | null;
  };
};

export type DeviceCommandStep =
  | 'queued'
  | 'sent'
  | 'acknowledged'
  | 'rejected'
  | 'expired'
  | 'canceled'
  | 'answered_late'
  | 'answered_otherwise';
