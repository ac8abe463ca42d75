import { defineVertical } from '@yunfab/core/verticals';
import { tireApi } from './api.js';
import { configSchema } from './config.js';
import { cureEvaluator } from './cure/evaluator.js';
import { cureGate } from './cure/gate.js';
import { tireErrors } from './errors.js';
import { tireMigrations } from './migrations.js';
import { tirePages } from './pages.js';
import { curingPress } from './press.js';
import { pressFaults } from './simulator/process.js';
import { passengerTire } from './specification.js';
import { demoRecipes, tireStory } from './story.js';

/** The tire cloud. */
export const tire = defineVertical({
  id: 'tire',
  version: '0.1.0',
  platform: '^0.1.0',
  words: {
    name: { en: 'Tires', zh: '轮胎' },
    description: {
      en: 'Curing judged by its cure equivalent, sizes and identification numbers of tires',
      zh: '以等效硫化时间评定硫化，轮胎规格与识别号',
    },
  },
  permissions: {
    'tire.recipes.read': { en: 'See cure recipes', zh: '查看硫化配方', roles: ['production', 'quality', 'viewer'] },
    'tire.recipes.manage': { en: 'Create cure recipes', zh: '新建硫化配方', roles: ['production'] },
    'tire.runs.read': { en: 'See presses and cures', zh: '查看硫化机与硫化过程', roles: ['production', 'quality', 'viewer'] },
    'tire.size.read': {
      en: 'Read sizes and identification numbers',
      zh: '解析规格与识别号',
      roles: ['trade', 'production', 'quality', 'viewer'],
    },
  },
  // #region parts
  config: configSchema,
  errors: tireErrors.catalogue,
  migrations: tireMigrations,
  api: tireApi,
  itemSpecifications: [passengerTire],
  equipmentModels: [curingPress],
  runEvaluators: [cureEvaluator],
  gates: [cureGate],
  pages: tirePages,
  // #endregion
  story: tireStory,
  simulator: {
    equipmentModels: [curingPress.id],
    faults: pressFaults,
    // Loaded when a press is made: a server that only judges cures needs no MQTT client.
    createDevice: async (options) => (await import('./simulator/press.js')).createSimulatedDevice(demoRecipes)(options),
  },
});
