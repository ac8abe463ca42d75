import type { ApiBuilder } from '@yunfab/core/verticals';
import { benchProcedures } from './api/bench.js';
import { designProcedures } from './api/designs.js';
import { ovenProcedures } from './api/ovens.js';
import { sellingProcedures } from './api/selling.js';
import type { FishingGearConfig } from './config.js';

/** The procedures of the fishing gear cloud; its type is the client's `yunfab.fishingGear`. */
export const fishingGearApi = (builder: ApiBuilder<FishingGearConfig>) => ({
  ...designProcedures(builder),
  bench: benchProcedures(builder),
  ovens: ovenProcedures(builder),
  ...sellingProcedures(builder),
});

export type FishingGearApi = ReturnType<typeof fishingGearApi>;
