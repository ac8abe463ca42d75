import type { ApiBuilder } from '@yunfab/core/verticals';
import { cuttingRoomProcedures } from './api/cutting-room.js';
import { designProcedures } from './api/designs.js';
import { garmentProcedures } from './api/garments.js';
import { madeToMeasureProcedures } from './api/made-to-measure.js';
import { markerProcedures } from './api/markers.js';
import type { ApparelConfig } from './config.js';

/** The procedures of the custom apparel cloud; its type is the client's `yunfab.apparel`. */
export const apparelApi = (builder: ApiBuilder<ApparelConfig>) => ({
  ...designProcedures(builder),
  ...madeToMeasureProcedures(builder),
  ...markerProcedures(builder),
  ...garmentProcedures(builder),
  ...cuttingRoomProcedures(builder),
});

export type ApparelApi = ReturnType<typeof apparelApi>;
