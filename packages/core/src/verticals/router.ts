import { z } from 'zod';
import { command, query } from '../commands/index.js';
import { verticalInput, verticalListSchema, verticalPagesSchema, verticalView } from './schema.js';
import type { VerticalService } from './service.js';

const tags = ['verticals'];

export function createVerticalRouter(verticals: VerticalService) {
  return {
    list: query({
      permission: 'verticals.read',
      rest: {
        method: 'GET',
        path: '/verticals',
        summary: 'The verticals of this platform, and which of them your organization has enabled',
        tags,
      },
      input: z.object({}),
      output: verticalListSchema,
      run: (scope) => verticals.list(scope),
    }),
    pages: query({
      permission: 'verticals.read',
      rest: {
        method: 'GET',
        path: '/verticals/pages',
        summary: 'Pages, equipment models and item specifications of the enabled verticals',
        tags,
      },
      input: z.object({}),
      output: verticalPagesSchema,
      run: (scope) => verticals.pages(scope),
    }),
    enable: command({
      permission: 'verticals.manage',
      rest: { method: 'POST', path: '/verticals/{vertical}/enable', summary: 'Enable a vertical for your organization', tags },
      input: verticalInput,
      output: verticalView,
      run: (scope, { vertical }) => verticals.enable(scope, vertical),
    }),
    disable: command({
      permission: 'verticals.manage',
      rest: {
        method: 'POST',
        path: '/verticals/{vertical}/disable',
        summary: 'Disable a vertical for your organization; its data stays',
        tags,
      },
      input: verticalInput,
      output: verticalView,
      run: (scope, { vertical }) => verticals.disable(scope, vertical),
    }),
  };
}
