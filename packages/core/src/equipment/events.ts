/** Types of the events that equipment appends; those about devices stay within the organization. */
export const equipmentEvents = {
  created: 'equipment.created',
  deviceCreated: 'equipment.device_created',
  deviceRotated: 'equipment.device_rotated',
  deviceRevoked: 'equipment.device_revoked',
  deviceClaimed: 'equipment.device_claimed',
  claimCreated: 'equipment.claim_created',
  claimCanceled: 'equipment.claim_canceled',
  commandQueued: 'equipment.command_queued',
  commandCanceled: 'equipment.command_canceled',
  commandAcknowledged: 'equipment.command_acknowledged',
  commandRejected: 'equipment.command_rejected',
  commandExpired: 'equipment.command_expired',
  configurationSet: 'equipment.configuration_set',
  configurationReported: 'equipment.configuration_reported',
  signalRegistered: 'equipment.signal_registered',
  registrationSwitched: 'equipment.registration_switched',
} as const;

export interface EquipmentCreated {
  readonly code: string;
  readonly name: string;
  readonly model: string;
}

export interface DeviceChanged {
  readonly device: string;
}

export interface CommandChanged {
  /** Id of the command. */
  readonly command: string;
  readonly device: string;
  readonly name: string;
}

export interface ConfigurationChanged {
  readonly device: string;
  readonly version: number;
}

export interface SignalRegistered {
  /** Record id. */
  readonly equipment: string;
  readonly signal: string;
  readonly unit: string;
  readonly kind: string;
  /** Nobody accepted it: the switch was on. */
  readonly automatic: boolean;
}

export interface RegistrationSwitched {
  /** Null: for all of the organization's equipment. */
  readonly model: string | null;
  readonly on: boolean;
}
