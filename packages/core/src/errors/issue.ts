/** What speaks against a piece of data from outside: where, and as a sentence in both languages. Parsers return them all. */
export interface Issue {
  /** The field, element or position: `(17)`, `date`, `chest`. */
  readonly at: string;
  readonly words: { readonly en: string; readonly zh: string };
}
