/** Types of the events that equipment appends; those about devices stay within the organization. */
export const equipmentEvents = {
  created: 'equipment.created',
  deviceCreated: 'equipment.device_created',
  deviceRotated: 'equipment.device_rotated',
  deviceRevoked: 'equipment.device_revoked',
} as const;

export interface EquipmentCreated {
  readonly code: string;
  readonly name: string;
  readonly model: string;
}

export interface DeviceChanged {
  readonly device: string;
}
