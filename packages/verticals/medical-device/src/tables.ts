import type { SterilizationProgram } from './sterilization/program.js';
import type { Issuer } from './udi/identification.js';
import type { PackagingLevel } from './udi/packaging.js';

interface Owned {
  id: string;
  organization: string;
}

/** What Kysely knows of the vertical's tables. */
export type MedicalDeviceTables = {
  sterilization_program: SterilizationProgram & { id: string; organization: string; created_at: Date };
  package_level: Owned & {
    product: string;
    level: PackagingLevel;
    di: string;
    contains_di: string | null;
    contains: number | null;
    created_at: Date;
  };
  /** The code on the labels of a lot; whoever sees the lot reads it. */
  udi_label: Owned & {
    lot_id: string;
    issuer: Issuer;
    di: string;
    lot_number: string;
    expiry: string | null;
    manufactured: string | null;
    code: string;
    printed: string;
    created_at: Date;
  };
  /** Device identifiers under which the lot is packed, with how many units of use each holds. */
  udi_package: Owned & { lot_id: string; di: string; level: PackagingLevel; units: number };
  pseudonym_key: { organization: string; key: string; created_at: Date };
  device_use: Owned & {
    lot_id: string;
    unit_id: string | null;
    activity: string;
    di: string;
    lot_number: string;
    serial: string | null;
    quantity: number;
    patient: string;
    used_at: Date;
    created_at: Date;
  };
  inspection: Owned & {
    lot_id: string;
    activity: string;
    plan: string;
    sampled: number;
    defects: number;
    accepted_defects: number;
    inspected_at: Date;
  };
};
