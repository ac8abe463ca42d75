import type { PageRow, SignalKind } from '@yunfab/core/equipment';

/** A signal as it is exported. */
export interface ExportedSignal {
  readonly name: string;
  readonly unit: string;
  readonly kind: SignalKind;
}

/** Some samples of one signal, oldest first. */
export interface ExportedPage {
  readonly signal: ExportedSignal;
  readonly rows: readonly PageRow[];
}

/** Reads what is next of a signal, behind the last row that it gave. */
export type ReadPage = (signal: ExportedSignal, last: PageRow | null) => Promise<readonly PageRow[]>;

export const rowsPerPage = 10_000;

/** By signal, then time; the next page is read when the one before was taken. */
export async function* pagesOf(signals: readonly ExportedSignal[], read: ReadPage): AsyncGenerator<ExportedPage> {
  for (const signal of signals) {
    for (let last: PageRow | null = null; ; ) {
      const rows: readonly PageRow[] = await read(signal, last);
      if (rows.length > 0) yield { signal, rows };
      if (rows.length < rowsPerPage) break;
      last = rows.at(-1) ?? null;
    }
  }
}
