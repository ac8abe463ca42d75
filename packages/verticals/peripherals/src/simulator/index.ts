import { simulatorOf } from '@yunfab/simulator';

/** The oven of the line and the printer in the shop. */
export const peripheralsSimulator = simulatorOf({
  faults: {
    low_zone: { en: 'A heater of the peak zone fails', zh: '峰值温区加热器失效' },
    fast_conveyor: { en: 'The conveyor runs too fast', zh: '传送链过快' },
    stuck_thermocouple: { en: "The board's thermocouple stands still", zh: '板面热电偶卡死' },
    cartridge_swap: { en: 'The supply is replaced', zh: '更换耗材' },
    counter_reset: { en: 'The page counter is reset', zh: '页数计数器清零' },
    paper_jam: { en: 'Paper jams', zh: '卡纸' },
  },
  machines: {
    'peripherals.reflow-oven': async (options) => (await import('./oven.js')).createOven(options),
    'peripherals.printer': async (options) => (await import('./printer.js')).createPrinter(options),
  },
});
