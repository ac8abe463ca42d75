import type { VerticalRef } from '@yunfab/core/verticals';
import type { FishingGearApi } from './api.js';

/** Give it to `createClient({ verticals: [fishingGear] })`: the client then has `yunfab.fishingGear`, typed. Holds no server code. */
export const fishingGear: VerticalRef<'fishing-gear', FishingGearApi> = { id: 'fishing-gear', version: '0.1.0' };

export type { FishingGearApi } from './api.js';
