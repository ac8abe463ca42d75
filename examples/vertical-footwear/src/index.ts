import { defineVertical } from '@yunfab/core/verticals';
import { z } from 'zod';
import { footwearApi, footwearErrors, footwearMigrations } from './bonds.js';
import { bondEvaluator, bondGate, footwearSimulator, solePress } from './press.js';
import { lastOfParis, lastOfUk } from './size.js';
import { footwearStory } from './story.js';

// #region vertical
export const footwear = defineVertical({
  id: 'footwear',
  version: '0.1.0',
  platform: '^0.1.0',
  words: {
    name: { en: 'Footwear', zh: '制鞋' },
    description: { en: 'Soles bonded by temperature, pressure and time', zh: '按温度、压力与时间评定粘底' },
  },
  permissions: {
    'footwear.read': { en: 'See bonds and sizes', zh: '查看粘合工艺与鞋号', roles: ['production', 'quality', 'viewer'] },
    'footwear.bonds.manage': { en: 'Create bonds', zh: '新建粘合工艺', roles: ['production'] },
  },
  errors: footwearErrors.catalogue,
  migrations: footwearMigrations,
  api: footwearApi,
  itemSpecifications: [
    {
      id: 'footwear/shoe@1',
      words: { en: 'Shoe', zh: '鞋' },
      schema: z.object({ paris: z.number().min(15).max(55) }),
      fields: { paris: { en: 'Size, Paris points', zh: '法国鞋号' } },
      summary: ({ paris }) => `EU ${paris}, last ${lastOfParis(Number(paris)).toFixed()} mm`,
      example: { paris: 42 },
    },
  ],
  equipmentModels: [solePress],
  runEvaluators: [bondEvaluator],
  gates: [bondGate],
  pages: [
    {
      id: 'footwear.presses',
      words: { en: 'Sole presses', zh: '压底机' },
      permission: 'footwear.read',
      blocks: [
        {
          ...{ kind: 'equipment', words: { en: 'Live', zh: '实时状态' }, model: solePress.id, signals: ['film_temperature', 'pressure'] },
          evaluator: { id: bondEvaluator.id, values: ['dwell'], curves: [] },
        },
      ],
    },
  ],
  simulator: footwearSimulator,
  story: footwearStory,
  golden: [
    { name: 'last of Paris 42 is 280 mm', source: 'ISO/TS 19407', expected: 280, actual: () => lastOfParis(42) },
    { name: 'last of UK 8 is 11 inches', source: 'ISO/TS 19407', expected: 279.4, actual: () => lastOfUk(8), tolerance: 1e-9 },
  ],
});
// #endregion
