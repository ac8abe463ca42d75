import { simulatorOf } from '@yunfab/simulator';
import { createCutter } from './cutting-room/cutter-machine.js';
import { createSpreader } from './cutting-room/spreader-machine.js';
import { createGarmentPress } from './pressing/machine.js';
import { createSewingStation } from './sewing/machine.js';

export const apparelSimulator = simulatorOf({
  faults: {
    tension_drift: { en: 'The spreader pulls tighter from ply to ply', zh: '铺布机张力逐层增大' },
    mixed_shade: { en: 'From half of the lay on the fabric is of another shade', zh: '铺料过半后混入另一缸差' },
    dull_blade: { en: 'The blade is dull', zh: '裁刀变钝' },
    thread_breaks: { en: 'The thread breaks six times in a thousand stitches', zh: '每千针断线约六次' },
    cold_iron: { en: 'The heater of the press fails', zh: '熨烫机加热不足' },
  },
  machines: {
    'apparel.spreader': createSpreader,
    'apparel.cutter': createCutter,
    'apparel.sewing-station': createSewingStation,
    'apparel.press': createGarmentPress,
  },
});
