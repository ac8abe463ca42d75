/** One designator of a unit and what was put there. */
export interface BoundPart {
  readonly designator: string;
  /** Lot or unit. */
  readonly material: string;
}

/** What Kysely knows of schema `vertical_peripherals`. Nothing of it is changed but the newest state of a supply. */
export type PeripheralsTables = {
  assembly: {
    id: string;
    organization: string;
    unit: string;
    revision: string;
    /** Every designator of the revision; inserted as JSON text. */
    required: string[] | string;
    /** Inserted as JSON text. */
    bound: BoundPart[] | string;
    /** The reflow pass. */
    run: string | null;
    activity: string;
    made_at: Date;
  };
  firmware: { id: string; organization: string; unit: string; version: string; recorded_by: string; recorded_at: Date };
  unit_test: {
    id: string;
    organization: string;
    unit: string;
    passed: boolean;
    /** Inserted as JSON text. */
    measured: Record<string, number> | string;
    tested_by: string;
    tested_at: Date;
  };
  failure: {
    id: string;
    organization: string;
    case_id: string;
    unit: string;
    serial: string;
    symptom: string;
    /** As the reporter suspects it. */
    designator: string | null;
    occurred_at: Date;
    reported_at: Date;
  };
  diagnosis: {
    organization: string;
    case_id: string;
    unit: string;
    designator: string;
    /** Lot or unit that sat there; null where it is hidden. */
    component: string | null;
    component_code: string | null;
    component_maker: string | null;
    note: string | null;
    diagnosed_at: Date;
  };
  supply: {
    organization: string;
    printer: string;
    supply_index: number;
    class: number;
    type: number;
    unit: number;
    rated_pages: number | null;
    told_en: string;
    told_zh: string;
    attention: boolean;
    read_at: Date;
  };
  supply_reading: {
    organization: string;
    printer: string;
    supply_index: number;
    read_at: Date;
    remaining: number | null;
    pages: number | null;
  };
  replenishment: {
    id: string;
    organization: string;
    printer: string;
    supply_index: number;
    generation: number;
    arrives: string;
    risk_of_waiting: number;
    proposed_at: Date;
  };
};
