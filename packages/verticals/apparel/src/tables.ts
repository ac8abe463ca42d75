/** What Kysely knows of schema `vertical_apparel`. A column of type `unknown` is jsonb: written as JSON text, read as a value. */
export type ApparelTables = {
  made_to_measure: {
    id: string;
    organization: string;
    consumer_order: string;
    /** The shared order that makes it; its parties see this row. */
    order_id: string | null;
    number: string;
    garment: string;
    fit: string;
    options: unknown;
    size_label: string | null;
    routing: unknown;
    /** Null once consent was withdrawn, as is the pattern. */
    sex: string | null;
    pattern: unknown;
    digest: string;
    created_at: Date;
  };
  fabric_roll: {
    id: string;
    organization: string;
    code: string;
    shade: string;
    /** mm */
    width: number;
    /** m */
    length: number;
    lot: string;
    created_at: Date;
  };
  lay: {
    id: string;
    organization: string;
    code: string;
    plies: number;
    length: number;
    cut_length: number;
    tension_low: number;
    tension_high: number;
    created_at: Date;
  };
  garment: {
    id: string;
    organization: string;
    made_to_measure: string;
    order_id: string;
    lot: string | null;
    unit: string | null;
    tag: string;
    number: string;
    summary: string;
    routing: unknown;
    pieces: unknown;
    measured: unknown;
    check_holds: boolean | null;
    check_words: unknown;
    created_at: Date;
  };
  tag_read: {
    id: string;
    organization: string;
    order_id: string;
    garment: string;
    operation: string;
    direction: string;
    station: string;
    read_at: Date;
  };
};
