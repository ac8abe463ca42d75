import { clientError } from './errors.js';

interface Page {
  /** A page of a list holds items; one of columns is an item itself. */
  readonly items: readonly unknown[];
  readonly next: string | null;
}

/**
 * The first page as a promise that can also be iterated over all pages; a page is asked for when the one before it has
 * been consumed.
 */
export function awaitablePages(
  path: string,
  input: unknown,
  ask: (input: unknown) => Promise<unknown>,
): Promise<unknown> & AsyncIterable<unknown> {
  const first = ask(input);
  return Object.assign(first, {
    async *[Symbol.asyncIterator]() {
      let page = asPage(path, await first);
      for (;;) {
        yield* page.items;
        if (page.next === null) return;
        page = asPage(path, await ask({ ...(input as object | undefined), cursor: page.next }));
      }
    },
  });
}

function asPage(path: string, output: unknown): Page {
  const page = output as Partial<Page> | null | undefined;
  if (Array.isArray(page?.items)) return { items: page.items, next: page.next ?? null };
  if (page?.next !== undefined) return { items: [page], next: page.next };
  throw clientError('client.not_a_list', { path });
}
