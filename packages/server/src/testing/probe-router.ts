import { command, query, router } from '@yunfab/core/commands';
import { appendEvent } from '@yunfab/core/events';
import { z } from 'zod';

/** Procedures that read and change as little as possible: what carries them is what is tested. */
export const probeRouter = router({
  probe: {
    read: query({
      permission: 'probe.read',
      rest: { method: 'GET', path: '/probe/{name}', summary: 'Reads' },
      input: z.object({
        name: z.string(),
        count: z.number().int().optional(),
        deep: z.boolean().optional(),
        tags: z.array(z.string()).optional(),
      }),
      output: z.object({ name: z.string(), count: z.number().nullable(), deep: z.boolean().nullable(), tags: z.array(z.string()) }),
      run: async (_scope, { name, count, deep, tags }) => ({ name, count: count ?? null, deep: deep ?? null, tags: tags ?? [] }),
    }),
    write: command({
      permission: 'probe.write',
      rest: { method: 'POST', path: '/probe/{name}/write', summary: 'Writes' },
      input: z.object({ name: z.string().max(20), amount: z.string().nullable().optional() }),
      output: z.object({ name: z.string(), amount: z.string().nullable() }),
      async run(scope, { name, amount }) {
        await appendEvent(scope, { type: 'probe.written', record: null, body: { name } });
        return { name, amount: amount ?? null };
      },
    }),
    measure: query({
      permission: 'probe.read',
      rest: { method: 'POST', path: '/probe/measure', summary: 'Takes a long text' },
      bodyBytes: 2_000_000,
      input: z.object({ text: z.string() }),
      output: z.object({ length: z.number() }),
      run: async (_scope, { text }) => ({ length: text.length }),
    }),
  },
});

export const probePermissions = {
  'probe.read': { en: 'Read', zh: '读取', roles: ['viewer', 'trade'] },
  'probe.write': { en: 'Write', zh: '写入', roles: ['trade'] },
  'events.read': { en: 'Follow', zh: '跟随', roles: ['viewer', 'trade'] },
} as const;
