import { defineVertical } from '@yunfab/core/verticals';
import { fishingGearApi } from './api.js';
import { benchEvaluator } from './bench/evaluator.js';
import { configSchema } from './config.js';
import { curingOven, deflectionBench, rollingTable } from './equipment.js';
import { fishingGearErrors } from './errors.js';
import { blankGate } from './gate.js';
import { fishingGearGolden } from './golden.js';
import { fishingGearMigrations } from './migrations.js';
import { ovenEvaluator } from './oven/evaluator.js';
import { fishingGearPages } from './pages.js';
import { fishingGearPermissions } from './permissions.js';
import { plantSimulator } from './simulator/index.js';
import { blankSpecification } from './specification.js';
import { fishingGearStory } from './story.js';

/** The fishing gear cloud. */
export const fishingGear = defineVertical({
  id: 'fishing-gear',
  version: '0.1.0',
  platform: '^0.1.0',
  words: {
    name: { en: 'Fishing gear', zh: '鱼竿渔具' },
    description: {
      en: 'Rod blanks from lay-up to bend test, fair leads and landed quotations',
      zh: '从铺层到弯曲测试的竿坯、展会线索与到岸报价',
    },
  },
  permissions: fishingGearPermissions,
  config: configSchema,
  errors: fishingGearErrors.catalogue,
  migrations: fishingGearMigrations,
  api: fishingGearApi,
  itemSpecifications: [blankSpecification],
  itemKinds: [
    {
      id: 'fishing-gear/blank',
      words: { en: 'Rod blank', zh: '竿坯' },
      unit: 'H87',
      serialized: false,
      specification: blankSpecification.id,
    },
    { id: 'fishing-gear/prepreg', words: { en: 'Prepreg', zh: '预浸料' }, unit: 'MTK', serialized: false },
    { id: 'fishing-gear/guide', words: { en: 'Guide', zh: '导环' }, unit: 'H87', serialized: false },
    { id: 'fishing-gear/reel-seat', words: { en: 'Reel seat', zh: '轮座' }, unit: 'H87', serialized: false },
    { id: 'fishing-gear/grip', words: { en: 'Grip', zh: '握把' }, unit: 'H87', serialized: false },
    { id: 'fishing-gear/rod', words: { en: 'Rod', zh: '鱼竿' }, unit: 'H87', serialized: true },
  ],
  equipmentModels: [rollingTable, curingOven, deflectionBench],
  runEvaluators: [benchEvaluator, ovenEvaluator],
  gates: [blankGate],
  pages: fishingGearPages,
  story: fishingGearStory,
  simulator: plantSimulator,
  golden: fishingGearGolden,
});
