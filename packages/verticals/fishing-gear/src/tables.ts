/** What Kysely knows of schema `vertical_fishing_gear`. */
export type FishingGearTables = {
  prepreg: {
    id: string;
    organization: string;
    code: string;
    /** Inserted as JSON text. */
    data: unknown;
    created_at: Date;
  };
  blank_design: {
    id: string;
    organization: string;
    code: string;
    /** Inserted as JSON text. */
    data: unknown;
    created_at: Date;
  };
};
