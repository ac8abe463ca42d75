import type { ApiBuilder, CoreFacade } from '@yunfab/core/verticals';
import { z } from 'zod';
import type { TireConfig } from '../config.js';
import { curingPress } from '../cure/press.js';
import { consumptionOf } from './consumption.js';

const mostPages = 20;

export const energyApi = ({ query }: ApiBuilder<TireConfig>) => ({
  perTire: query({
    permission: 'tire.runs.read',
    rest: {
      method: 'GET',
      path: '/tire/energy/lots/{lot}',
      summary: 'Electricity and steam per tire of a lot, from the meters of its presses',
      tags: ['tire'],
    },
    input: z.object({ lot: z.uuid() }),
    output: z.object({
      lot: z.string(),
      runs: z.number().int(),
      unmetered: z.number().int(),
      tires: z.number(),
      energy: z.number(),
      steam: z.number(),
      energyPerTire: z.number().nullable(),
      steamPerTire: z.number().nullable(),
    }),
    run: async ({ core }, { lot }) => {
      const { code, quantity } = await core.lifecycle.get(lot);
      return { lot: code, ...consumptionOf(await curesOf(core, lot), Number(quantity)) };
    },
  }),
});

async function curesOf(core: CoreFacade, lot: string) {
  const runs = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { items, next } = await core.production.listEvaluatedRuns({ model: curingPress.id, lot, limit: 1000, cursor });
    runs.push(...items);
    if (next === null) break;
    cursor = next;
  }
  return runs;
}
