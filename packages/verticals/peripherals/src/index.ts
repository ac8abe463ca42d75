import { defineVertical } from '@yunfab/core/verticals';
import { peripheralsApi } from './api.js';
import { configSchema } from './config.js';
import { finalTestStation, pickAndPlace } from './equipment/line-stations.js';
import { printer } from './equipment/printer.js';
import { reflowOven } from './equipment/reflow-oven.js';
import { peripheralsErrors } from './errors.js';
import { peripheralsGolden } from './golden.js';
import { peripheralsMigrations } from './migrations.js';
import { peripheralsPages } from './pages.js';
import { peripheralsPermissions } from './permissions.js';
import { reflowEvaluator } from './reflow/evaluator.js';
import { peripheralsSimulator } from './simulator/index.js';
import { peripheralsKinds, printerSpecification } from './specification.js';
import { peripheralsStory } from './story.js';
import { unitGate } from './units/gate.js';

/** The computer peripherals cloud. */
export const peripherals = defineVertical({
  id: 'peripherals',
  version: '0.1.0',
  platform: '^0.1.0',
  words: {
    name: { en: 'Computer peripherals', zh: '计算机外设' },
    description: {
      en: 'Unit genealogy from component lot to field failure, supply forecast, printer status',
      zh: '从元件批次到现场故障的整机谱系、耗材预测与打印机状态',
    },
  },
  permissions: peripheralsPermissions,
  config: configSchema,
  errors: peripheralsErrors.catalogue,
  migrations: peripheralsMigrations,
  api: peripheralsApi,
  itemSpecifications: [printerSpecification],
  itemKinds: peripheralsKinds,
  equipmentModels: [reflowOven, pickAndPlace, finalTestStation, printer],
  runEvaluators: [reflowEvaluator],
  gates: [unitGate],
  pages: peripheralsPages,
  story: peripheralsStory,
  simulator: peripheralsSimulator,
  golden: peripheralsGolden,
});
