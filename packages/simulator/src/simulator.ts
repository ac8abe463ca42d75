import type { Words } from '@yunfab/core/access';
import type { VerticalSimulator } from '@yunfab/core/verticals';
import type { Machine } from './machine.js';

export interface MachineOptions {
  readonly seed: number;
  /** The recipe it runs, by code; throw a RangeError that names those it knows for another. */
  readonly program: string | undefined;
  /** Names of faults that are on from the start. */
  readonly faults: readonly string[];
}

/**
 * The simulator of a vertical, by the contract: one maker of machines for each equipment model, all with the same faults.
 * What speaks MQTT is loaded when a device is made: a server that only judges runs needs none of it.
 */
export function simulatorOf({
  faults,
  machines,
}: {
  readonly faults: Readonly<Record<string, Words>>;
  /** Model id → a maker, possibly loaded late. */
  readonly machines: Readonly<Record<string, (options: MachineOptions) => Machine | Promise<Machine>>>;
}): VerticalSimulator {
  return {
    equipmentModels: Object.keys(machines),
    faults,
    async createDevice({ equipmentModel, seed = 1, program, faults: active = [], ...reached }) {
      const make = machines[equipmentModel];
      if (!make) throw new RangeError(`there is no machine "${equipmentModel}"; there are ${Object.keys(machines).join(', ')}`);
      const strange = active.find((fault) => !(fault in faults));
      if (strange !== undefined)
        throw new RangeError(`the machine has no fault "${strange}"; it has ${Object.keys(faults).join(', ') || 'none'}`);
      const { createDevice } = await import('./device.js');
      // A first one proves the program; those of a retold past are made anew from the same options.
      const machine = await make({ seed, program, faults: active });
      const again = async (on: readonly string[]) => make({ seed, program, faults: on });
      return createDevice({ ...reached, machine, again, faults, active, lag: lagOf(reached.device) });
    },
  };
}

/** Machines of one hall do not end their runs together: by the number at the end of its code, 1 at once, each further three minutes apart. */
function lagOf(device: string): number {
  const number = Number(/\d+$/.exec(device)?.[0] ?? 1);
  return ((number - 1) % 4) * 180_000;
}
