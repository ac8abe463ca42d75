import type { VerticalRef } from '@yunfab/core/verticals';
import type { PeripheralsApi } from './api.js';

/** Give it to `createClient({ verticals: [peripherals] })`: the client then has `yunfab.peripherals`, typed. Holds no server code. */
export const peripherals: VerticalRef<'peripherals', PeripheralsApi> = { id: 'peripherals', version: '0.1.0' };

export type { PeripheralsApi } from './api.js';
