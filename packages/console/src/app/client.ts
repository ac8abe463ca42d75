import { createClient, type Yunfab } from '@yunfab/sdk';

/** The platform as the person signed in here may use it, for one organization. */
export type Client = Yunfab;

export function createConsoleClient(organization: string, language: () => string): Client {
  return createClient({
    url: location.origin,
    session: 'browser',
    organization,
    hooks: {
      onRequest({ headers }) {
        headers['accept-language'] = language();
      },
    },
  });
}

/** A procedure that is known only by its name: pages of industries are data. */
export function procedureAt(
  client: Client,
  path: string,
): (input: unknown, options?: { readonly signal?: AbortSignal; readonly idempotencyKey?: string }) => Promise<unknown> {
  let found: unknown = client;
  for (const name of path.split('.')) found = (found as Record<string, unknown>)[name];
  return found as ReturnType<typeof procedureAt>;
}
