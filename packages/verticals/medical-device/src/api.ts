import type { ApiBuilder } from '@yunfab/core/verticals';
import type { MedicalDeviceConfig } from './config.js';
import { historyApi } from './history/api.js';
import { sterilizationApi } from './sterilization/api.js';
import { udiApi } from './udi/api.js';
import { packagingApi } from './udi/packaging-api.js';
import { useApi } from './use/api.js';
import { recallApi } from './use/recall-api.js';

/** The procedures of the medical-device cloud; its type is the client's `yunfab.medicalDevice`. */
export const medicalDeviceApi = (builder: ApiBuilder<MedicalDeviceConfig>) => ({
  ...sterilizationApi(builder),
  udi: udiApi(builder),
  packaging: packagingApi(builder),
  history: historyApi(builder),
  use: useApi(builder),
  recall: recallApi(builder),
});

export type MedicalDeviceApi = ReturnType<typeof medicalDeviceApi>;
