import { z } from 'zod';
import type { Permissions } from '../access/index.js';
import { eventSchema, feedCursor, readFeed } from '../events/index.js';
import { query } from './procedure.js';

export const eventsPermissions = {
  'events.read': { en: 'Follow what happens', zh: '查看动态', roles: ['trade', 'production', 'quality', 'viewer'] },
} as const satisfies Permissions;

/** The procedures over events/; they stand here because events/ comes before procedures in the ladder. */
export function createEventsRouter() {
  return {
    list: query({
      permission: 'events.read',
      rest: { method: 'GET', path: '/events', summary: 'What happened after a cursor, oldest first', tags: ['events'] },
      input: z.object({
        after: z.number().int().min(0).default(0).describe('Position in your feed; 0 begins at the beginning'),
        limit: z.number().int().min(1).max(200).default(100),
      }),
      output: z.object({
        events: z.array(eventSchema),
        next: z.number().int().describe('Ask after this next time; it also moves past what is hidden from you now'),
      }),
      run: (scope, input) => readFeed(scope, input),
    }),
    head: query({
      permission: 'events.read',
      rest: {
        method: 'GET',
        path: '/events/head',
        summary: 'Where your feed ends now; following after it gives only what is new',
        tags: ['events'],
      },
      input: z.object({}),
      output: z.object({ cursor: z.number().int() }),
      run: async (scope) => ({ cursor: await feedCursor(scope) }),
    }),
  };
}
