import type { ShadedPiece } from './routing/index.js';

/** What Kysely knows of schema `vertical_apparel`. jsonb columns are read as values and written as JSON text. */
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
    /** Both are null once consent was withdrawn. */
    finished: unknown;
    dxf: string | null;
    digest: string;
    created_at: Date;
  };
  fabric_roll: {
    id: string;
    organization: string;
    code: string;
    shade: string;
    width: number;
    length: number;
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
    tag: string;
    number: string;
    summary: string;
    routing: unknown;
    pieces: readonly ShadedPiece[] | null;
    measured: Readonly<Record<string, number>> | null;
    check_holds: boolean | null;
    check_words: { readonly en: string; readonly zh: string } | null;
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
