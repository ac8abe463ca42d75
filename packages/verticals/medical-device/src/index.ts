import { defineVertical } from '@yunfab/core/verticals';
import { medicalDeviceApi } from './api.js';
import { configSchema } from './config.js';
import { medicalDeviceErrors } from './errors.js';
import { medicalDeviceGolden } from './golden.js';
import { historyGate } from './history/gate.js';
import { medicalDeviceMigrations } from './migrations.js';
import { medicalDevicePermissions } from './permissions.js';
import { medicalDeviceSimulator } from './simulator/index.js';
import { deviceSpecification } from './specification.js';
import { cycleEvaluator } from './sterilization/evaluator.js';
import { sterilizationGate } from './sterilization/gate.js';
import { sterilizationPages } from './sterilization/pages.js';
import { steamSterilizer } from './sterilization/sterilizer.js';
import { medicalDeviceStory } from './story.js';
import { udiPages } from './udi/pages.js';
import { usePages } from './use/pages.js';

/** The medical devices cloud. */
export const medicalDevice = defineVertical({
  id: 'medical-device',
  version: '0.1.0',
  platform: '^0.1.0',
  words: {
    name: { en: 'Medical devices', zh: '医疗器械' },
    description: {
      en: 'Sterilisation released by F0, device identification of all issuers, use at the hospital',
      zh: '以 F0 放行灭菌、各发码机构的医疗器械唯一标识、院内使用追溯',
    },
  },
  permissions: medicalDevicePermissions,
  config: configSchema,
  errors: medicalDeviceErrors.catalogue,
  migrations: medicalDeviceMigrations,
  api: medicalDeviceApi,
  itemSpecifications: [deviceSpecification],
  itemKinds: [
    {
      id: 'medical-device/device',
      words: { en: 'Medical device', zh: '医疗器械' },
      unit: 'H87',
      serialized: false,
      specification: deviceSpecification.id,
    },
    {
      id: 'medical-device/implant',
      words: { en: 'Implant', zh: '植入物' },
      unit: 'H87',
      serialized: true,
      specification: deviceSpecification.id,
    },
  ],
  equipmentModels: [steamSterilizer],
  runEvaluators: [cycleEvaluator],
  gates: [sterilizationGate, historyGate],
  pages: [...sterilizationPages, ...udiPages, ...usePages],
  story: medicalDeviceStory,
  simulator: medicalDeviceSimulator,
  golden: medicalDeviceGolden,
});
