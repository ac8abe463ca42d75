import { z } from 'zod';
import { type ApiBuilder, defineVertical, type VerticalCall, type VerticalDefinition } from './index.js';

const words = { en: 'Kiln', zh: '窑' };
const base = { id: 'kiln', version: '1.0.0', platform: '^0.1.0', words: { name: words, description: words } } as const;

const kiln = defineVertical({
  ...base,
  config: z.object({ hottest: z.number().default(1300) }),
  api: ({ query }) => ({
    peak: query({
      permission: 'kiln.read',
      rest: { method: 'GET', path: '/kiln/peak', summary: 'The peak' },
      input: z.object({ code: z.string() }),
      output: z.object({ peak: z.number() }),
      run: async ({ config }, { code }) => {
        code satisfies string;
        // The configuration is typed by its schema.
        return { peak: config.hottest satisfies number };
      },
    }),
  }),
});
kiln.id satisfies 'kiln';

type Api = ReturnType<NonNullable<typeof kiln.api>>;
({ code: 'a' }) satisfies Api['peak']['_def']['$types']['input'];
({ peak: 1 }) satisfies Api['peak']['_def']['$types']['output'];

// @ts-expect-error words speak both languages
defineVertical({ ...base, words: { name: { en: 'Kiln' }, description: words } });
// @ts-expect-error permissions stand in the vertical's own namespace
defineVertical({ ...base, permissions: { 'orders.accept': { ...words, roles: [] } } });
// @ts-expect-error a role is one of core's
defineVertical({ ...base, permissions: { 'kiln.read': { ...words, roles: ['boss'] } } });
// @ts-expect-error a signal says its unit
defineVertical({ ...base, equipmentModels: [{ id: 'kiln.k', words, signals: [{ name: 't', kind: 'number', words }] }] });
// @ts-expect-error a page block is one of the known kinds
defineVertical({ ...base, pages: [{ id: 'kiln.p', words, permission: 'kiln.read', blocks: [{ kind: 'iframe', words }] }] });

declare const builder: ApiBuilder<{ hottest: number }>;
builder.query({
  permission: 'kiln.read',
  // @ts-expect-error a reply fits its schema
  run: async () => ({ peak: 'hot' }),
  rest: { method: 'GET', path: '/kiln/peak', summary: 'The peak' },
  input: z.object({}),
  output: z.object({ peak: z.number() }),
});

declare const call: VerticalCall<{ hottest: number }>;
// @ts-expect-error without its tables the handle knows none
call.db.selectFrom('recipe');
// @ts-expect-error the transaction is the host's
call.tx;

kiln satisfies VerticalDefinition<'kiln', NonNullable<(typeof kiln)['config']>, Api>;
