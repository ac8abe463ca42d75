import type { OrganizationId } from '../../database/index.js';

export type DeliveryTables = {
  /** Never removed: a prefix that is registered again goes on where it stopped. */
  gs1_prefix: {
    organization: OrganizationId;
    prefix: string;
    active: boolean;
    /** The serial reference that the next SSCC holds. */
    next_serial: number;
    registered_by: string;
    registered_at: Date;
  };
  package_counter: {
    organization: OrganizationId;
    next: number;
  };
};
