import type { Words } from '../access/index.js';

/** What of core a value may name by its id: shown as a link, picked from a list. */
export const recordKinds = ['lot', 'unit', 'run', 'order'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** How a value is shown. `instant` is an ISO-8601 string, `verdict` one of pass, fail, inconclusive, a record kind its id. */
export const valueFormats = ['text', 'number', 'instant', 'duration_s', 'verdict', 'boolean', ...recordKinds] as const;
export type ValueFormat = (typeof valueFormats)[number];

/** `decimal` is sent as a decimal string, `number` as a JSON number, a record kind as the id of the one that was picked. */
export const fieldKinds = ['text', 'multiline', 'number', 'decimal', 'select', 'boolean', ...recordKinds] as const;

/** A picture in a reply: `field` is the path of a value that `drawingSchema` or `chartSchema` accepts, or null. */
export interface PagePicture {
  readonly kind: 'drawing' | 'chart';
  readonly field: string;
  readonly words: Words;
}

/** A value of a reply: `field` is its path in a row or in the reply (`target.low`). */
export interface PageColumn {
  readonly field: string;
  readonly words: Words;
  readonly format?: ValueFormat;
  /** UCUM, shown behind the number. */
  readonly unit?: string;
}

/** An input of a form; its value goes into the procedure's input under `name`. */
export interface PageField {
  readonly name: string;
  readonly words: Words;
  readonly kind: (typeof fieldKinds)[number];
  readonly unit?: string;
  readonly hint?: Words;
  readonly optional?: boolean;
  readonly initial?: string | number | boolean;
  readonly options?: readonly { readonly value: string; readonly words: Words }[];
}

/** A part of a page. Procedures are named within the vertical: `recipes.list` is `kiln.recipes.list`. */
export type PageBlock =
  | { readonly kind: 'text'; readonly words: Words }
  /** Every equipment of the model that the organization sees: live values, the run under way with its evaluated curves. */
  | {
      readonly kind: 'equipment';
      readonly words: Words;
      readonly model: string;
      /** Drawn as live curves, in this order. */
      readonly signals: readonly string[];
      /** Shown for the run under way and the last ended one: names of values and curves of this evaluator. */
      readonly evaluator?: { readonly id: string; readonly values: readonly string[]; readonly curves: readonly string[] };
    }
  /** A list procedure (`{ items, next }`), paged. */
  | {
      readonly kind: 'table';
      readonly words: Words;
      readonly query: string;
      readonly columns: readonly PageColumn[];
      readonly empty: Words;
    }
  /** A command; after it, tables of the page are read again. */
  | {
      readonly kind: 'form';
      readonly words: Words;
      readonly command: string;
      readonly fields: readonly PageField[];
      readonly submit: Words;
    }
  /** A query asked with a form; its reply is shown as a list of values, with its pictures. */
  | {
      readonly kind: 'lookup';
      readonly words: Words;
      readonly query: string;
      readonly fields: readonly PageField[];
      readonly columns: readonly PageColumn[];
      readonly pictures?: readonly PagePicture[];
      /** Asked with the initial values when the page opens. */
      readonly immediate?: boolean;
      readonly submit: Words;
    };

/** A page as data, rendered by the console. */
export interface VerticalPage {
  /** `kiln.overview`; its address is `/v/kiln/overview`. */
  readonly id: string;
  readonly words: Words;
  /** Who sees it. */
  readonly permission: string;
  readonly blocks: readonly PageBlock[];
}
