import type { ApiBuilder } from '@yunfab/core/verticals';
import { failuresApi } from './api/failures.js';
import { lineApi } from './api/line.js';
import { suppliesApi } from './api/supplies.js';
import { unitsApi } from './api/units.js';
import type { PeripheralsConfig } from './config.js';

/** The procedures of the computer peripherals cloud; its type is the client's `yunfab.peripherals`. */
export const peripheralsApi = (builder: ApiBuilder<PeripheralsConfig>) => ({
  units: unitsApi(builder),
  failures: failuresApi(builder),
  supplies: suppliesApi(builder),
  ...lineApi(builder),
});

export type PeripheralsApi = ReturnType<typeof peripheralsApi>;
