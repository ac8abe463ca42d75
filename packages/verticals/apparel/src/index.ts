import { defineVertical } from '@yunfab/core/verticals';
import { apparelApi } from './api.js';
import { configSchema } from './config.js';
import { cutEvaluator } from './cutting-room/cut.js';
import { cutter, spreader } from './cutting-room/models.js';
import { spreadEvaluator } from './cutting-room/spread.js';
import { apparelErrors } from './errors.js';
import { garmentGate, runGate } from './garment/gate.js';
import { goldenValues } from './golden.js';
import { apparelMigrations } from './migrations.js';
import { apparelPages } from './pages.js';
import { garmentPress, pressingEvaluator } from './pressing/press.js';
import { sewingEvaluator } from './sewing/pass.js';
import { sewingStation } from './sewing/station.js';
import { apparelSimulator } from './simulator.js';
import { madeToMeasure, readyMade } from './specification.js';
import { apparelStory } from './story.js';

/** The custom apparel cloud. */
export const apparel = defineVertical({
  id: 'apparel',
  version: '0.1.0',
  platform: '^0.1.0',
  words: {
    name: { en: 'Custom apparel', zh: '服装个性化定制' },
    description: {
      en: 'Body to validated pattern, exact marker making, one tagged garment through its own routing',
      zh: '从人体到校验样板、精确排料、一衣一签的个性化工序',
    },
  },
  permissions: {
    'apparel.designs.read': {
      en: 'Draft patterns, read sizes, balance lines',
      zh: '制板、查询号型与平衡流水线',
      roles: ['trade', 'production', 'quality', 'viewer'],
    },
    'apparel.orders.manage': { en: 'Take orders of persons with their measurements', zh: '受理含人体尺寸的个人订单', roles: ['trade'] },
    'apparel.garments.read': {
      en: 'Follow garments and the cutting room',
      zh: '追踪衣服与查看裁剪车间',
      roles: ['trade', 'production', 'quality', 'viewer'],
    },
    'apparel.garments.manage': { en: 'Begin, cut and move garments', zh: '建立、裁剪与流转衣服', roles: ['production'] },
    'apparel.garments.check': { en: 'Measure finished garments', zh: '成衣测量终检', roles: ['quality'] },
  },
  // #region parts
  config: configSchema,
  errors: apparelErrors.catalogue,
  migrations: apparelMigrations,
  api: apparelApi,
  itemSpecifications: [madeToMeasure, readyMade],
  itemKinds: [
    {
      id: 'apparel/garment',
      words: { en: 'Garment', zh: '服装' },
      unit: 'H87',
      serialized: true,
      specification: madeToMeasure.id,
    },
    { id: 'apparel/bag', words: { en: 'Bag', zh: '箱包' }, unit: 'H87', serialized: true },
    { id: 'apparel/hat', words: { en: 'Hat', zh: '帽' }, unit: 'H87', serialized: false },
    { id: 'apparel/belt', words: { en: 'Belt', zh: '腰带' }, unit: 'H87', serialized: false },
    { id: 'apparel/fabric', words: { en: 'Fabric', zh: '面料' }, unit: 'MTR', serialized: false },
  ],
  equipmentModels: [spreader, cutter, sewingStation, garmentPress],
  runEvaluators: [spreadEvaluator, cutEvaluator, sewingEvaluator, pressingEvaluator],
  gates: [garmentGate, runGate],
  pages: apparelPages,
  // #endregion
  story: apparelStory,
  simulator: apparelSimulator,
  golden: goldenValues,
});
