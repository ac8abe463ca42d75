import { simulatorOf } from '@yunfab/simulator';
import { curingOven, deflectionBench, rollingTable } from '../equipment.js';
import { machineFaults } from './faults.js';

/** The machines of a rod plant; what they compute is loaded when one is made. */
export const plantSimulator = simulatorOf({
  faults: machineFaults,
  machines: {
    [rollingTable.id]: async (options) => (await import('./rolling-table.js')).createRollingTable(options),
    [curingOven.id]: async (options) => (await import('./oven.js')).createOven(options),
    [deflectionBench.id]: async (options) => (await import('./bench.js')).createBench(options),
  },
});
