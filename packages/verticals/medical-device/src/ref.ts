import type { VerticalRef } from '@yunfab/core/verticals';
import type { MedicalDeviceApi } from './api.js';

/** Give it to `createClient({ verticals: [medicalDevice] })`: the client then has `yunfab.medicalDevice`, typed. Holds no server code. */
export const medicalDevice: VerticalRef<'medical-device', MedicalDeviceApi> = { id: 'medical-device', version: '0.1.0' };

export type { MedicalDeviceApi } from './api.js';
