import type { PaperLanguage, Words } from './language.js';

/** One side of the deal as the heading names it. */
export interface Company {
  readonly name: Words;
  /** Unified social credit code (GB 32100) or another registration number. */
  readonly registration?: string | null;
  readonly address?: string | null;
}

export interface Fact {
  readonly label: Words;
  readonly value: string | Words;
}

export interface Column {
  readonly label: Words;
  /** Points; `*` shares what is left, `auto` takes what its cells need. */
  readonly width: number | '*' | 'auto';
  readonly align?: 'left' | 'right' | 'center';
}

/** What stands in one cell, part below part. */
export type CellPart =
  | { readonly text: string | Words; readonly small?: boolean; readonly bold?: boolean; readonly indent?: number }
  | { readonly sscc: string }
  | { readonly code128: string };
export type Cell = string | Words | readonly CellPart[];

/** A row of cells, one for each column; a heading row spans them all. */
export type Row = readonly Cell[] | { readonly heading: readonly CellPart[]; readonly aside?: readonly CellPart[] };

export interface PaperTable {
  readonly title?: Words;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** A business paper on A4: whose, what number, tables whose header repeats on each page, totals, places to sign. */
export interface Paper {
  readonly language: PaperLanguage;
  readonly title: Words;
  readonly number: string;
  /** ISO 8601; becomes the PDF's own creation date, so that the same data give the same bytes. */
  readonly issuedAt: string;
  readonly landscape?: boolean;
  readonly parties: readonly { readonly role: Words; readonly company: Company }[];
  readonly facts: readonly Fact[];
  readonly tables: readonly PaperTable[];
  readonly totals: readonly Fact[];
  readonly notes: readonly Fact[];
  /** Who signs and dates where. */
  readonly signatures: readonly Words[];
}
