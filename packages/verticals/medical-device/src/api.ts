import type { ApiBuilder } from '@yunfab/core/verticals';
import type { MedicalDeviceConfig } from './config.js';
import { sterilizationApi } from './sterilization/api.js';

/** The procedures of the medical-device cloud; its type is the client's `yunfab.medicalDevice`. */
export const medicalDeviceApi = (builder: ApiBuilder<MedicalDeviceConfig>) => ({
  ...sterilizationApi(builder),
});

export type MedicalDeviceApi = ReturnType<typeof medicalDeviceApi>;
