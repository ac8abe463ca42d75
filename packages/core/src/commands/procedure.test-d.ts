import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { z } from 'zod';
import { command, query, router } from './index.js';

const rest = { method: 'POST', path: '/x', summary: 'x' } as const;
const input = z.object({ id: z.uuid(), limit: z.number().default(50) });
const output = z.object({ items: z.array(z.object({ amount: z.string() })), token: z.string().nullable() });
const reply = { items: [{ amount: '1.5' }], token: null };

const declared = router({
  read: query({ permission: 'x.read', rest, input, output, run: async () => reply }),
  write: command({ permission: 'x.write', rest, input, output, secrets: ['token'], run: async () => reply }),
});

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
const holds = <_Claim extends true>() => {};

// What a consumer sees is plain: inputs before defaults, outputs as parsed.
holds<Same<inferRouterInputs<typeof declared>['read'], { id: string; limit?: number | undefined }>>();
holds<Same<inferRouterOutputs<typeof declared>['write'], { items: { amount: string }[]; token: string | null }>>();

query({
  permission: null,
  rest,
  input,
  output,
  // @ts-expect-error: a reply must have the shape that is declared
  run: async () => ({ items: [{ amount: 1.5 }], token: null }),
});

command({
  permission: null,
  rest,
  input,
  output,
  // @ts-expect-error: a secret is null in a replay, so its field must allow null
  secrets: ['items'],
  run: async () => reply,
});

command({
  permission: null,
  rest,
  input,
  output,
  // @ts-expect-error: the record's id is a field of the input
  record: { kind: 'order', id: (given) => given.order },
  run: async () => reply,
});
