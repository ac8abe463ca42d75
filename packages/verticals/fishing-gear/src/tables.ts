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
  /** That a lot lay in a run of the oven. */
  oven_charge: {
    id: string;
    organization: string;
    run: string;
    lot: string;
    charged_by: string;
    created_at: Date;
  };
};
