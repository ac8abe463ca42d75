import { defineVertical } from '@yunfab/core/verticals';
import { simulatorOf } from '@yunfab/simulator';
import { tireApi } from './api.js';
import { configSchema } from './config.js';
import { cureEvaluator } from './cure/evaluator.js';
import { cureGate } from './cure/gate.js';
import { curingPress } from './cure/press.js';
import { tireErrors } from './errors.js';
import { tireGolden } from './golden.js';
import { tireMigrations } from './migrations.js';
import { tirePages } from './pages.js';
import { pressOf } from './simulator/press.js';
import { pressFaults } from './simulator/process.js';
import { createUniformityMachine, uniformityFaults } from './simulator/uniformity.js';
import { passengerTire } from './specification.js';
import { demoRecipes, tireStory } from './story.js';
import { uniformityEvaluator } from './uniformity/evaluator.js';
import { uniformityGate } from './uniformity/gate.js';
import { uniformityMachine } from './uniformity/machine.js';

/** The tire cloud. */
export const tire = defineVertical({
  id: 'tire',
  version: '0.1.0',
  platform: '^0.1.0',
  words: {
    name: { en: 'Tires', zh: '轮胎' },
    description: {
      en: 'Curing judged by its cure equivalent, uniformity with the machine at fault, sizes and identification numbers of tires',
      zh: '以等效硫化时间评定硫化，均匀性分级并指出责任设备，轮胎规格与识别号',
    },
  },
  permissions: {
    'tire.recipes.read': {
      en: 'See cure recipes and uniformity limits',
      zh: '查看硫化配方与均匀性限值',
      roles: ['production', 'quality', 'viewer'],
    },
    'tire.recipes.manage': { en: 'Create cure recipes and uniformity limits', zh: '新建硫化配方与均匀性限值', roles: ['production'] },
    'tire.runs.read': {
      en: 'See machines, cures and uniformity',
      zh: '查看设备、硫化过程与均匀性',
      roles: ['production', 'quality', 'viewer'],
    },
    'tire.tires.mark': { en: 'Mark tires and record retreads', zh: '标记轮胎与登记翻新', roles: ['production', 'quality'] },
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
  itemKinds: [
    {
      id: 'tire/passenger',
      words: { en: 'Passenger car tire', zh: '乘用车轮胎' },
      unit: 'H87',
      serialized: true,
      specification: passengerTire.id,
    },
    { id: 'tire/compound', words: { en: 'Rubber compound', zh: '胶料' }, unit: 'KGM', serialized: false },
  ],
  equipmentModels: [curingPress, uniformityMachine],
  runEvaluators: [cureEvaluator, uniformityEvaluator],
  gates: [cureGate, uniformityGate],
  pages: tirePages,
  // #endregion
  story: tireStory,
  golden: tireGolden,
  simulator: simulatorOf({
    faults: { ...pressFaults, ...uniformityFaults },
    machines: { [curingPress.id]: pressOf(demoRecipes), [uniformityMachine.id]: createUniformityMachine },
  }),
});
