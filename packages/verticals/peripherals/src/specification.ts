import type { ItemKind, ItemSpecification } from '@yunfab/core/verticals';
import { z } from 'zod';

const schema = z.object({
  model: z.string().trim().min(1).max(60),
  technology: z.enum(['direct_thermal', 'thermal_transfer', 'inkjet', 'laser', 'dot_matrix']),
  /** mm */
  paper_width: z.number().min(20).max(1200),
  /** Dots per inch. */
  resolution: z.number().int().min(60).max(2400),
  cutter: z.boolean().default(false),
  interfaces: z.string().trim().max(100).optional(),
  /** The firmware that each unit has to run when it ships. */
  firmware: z.string().trim().max(60).optional(),
});

export const printerSpecification: ItemSpecification<typeof schema> = {
  id: 'peripherals/printer@1',
  words: { en: 'Printer', zh: '打印机' },
  schema,
  fields: {
    model: { en: 'Model', zh: '型号' },
    technology: { en: 'Printing technology', zh: '打印方式' },
    paper_width: { en: 'Paper width (mm)', zh: '纸宽（mm）' },
    resolution: { en: 'Resolution (dpi)', zh: '分辨率（dpi）' },
    cutter: { en: 'Cutter', zh: '切刀' },
    interfaces: { en: 'Interfaces', zh: '接口' },
    firmware: { en: 'Firmware at delivery', zh: '出厂固件' },
  },
  summary: ({ model, paper_width, resolution, cutter }) => `${model} ${paper_width} mm ${resolution} dpi${cutter ? ' cutter' : ''}`,
  example: { model: 'HY-T80', technology: 'direct_thermal', paper_width: 80, resolution: 203, cutter: true, firmware: '2.4.1' },
};

export const peripheralsKinds: readonly ItemKind[] = [
  {
    id: 'peripherals/printer',
    words: { en: 'Printer', zh: '打印机' },
    unit: 'H87',
    serialized: true,
    specification: printerSpecification.id,
  },
  { id: 'peripherals/board', words: { en: 'Circuit board', zh: '电路板' }, unit: 'H87', serialized: true },
  { id: 'peripherals/component', words: { en: 'Electronic component', zh: '电子元件' }, unit: 'H87', serialized: false },
  { id: 'peripherals/module', words: { en: 'Module', zh: '部件' }, unit: 'H87', serialized: false },
  { id: 'peripherals/consumable', words: { en: 'Consumable', zh: '耗材' }, unit: 'H87', serialized: false },
];
