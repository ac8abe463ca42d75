import type { SterilizationProgram } from './sterilization/program.js';

/** What Kysely knows of the vertical's tables. */
export type MedicalDeviceTables = {
  sterilization_program: SterilizationProgram & { id: string; organization: string; created_at: Date };
};
