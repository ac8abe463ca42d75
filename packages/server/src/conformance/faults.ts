import type { Vertical } from '@yunfab/core/verticals';
import type { Check } from './check.js';

/** Nobody answers there: a device that is only made and switched needs no broker. */
const unreached = { mqttUrl: 'mqtt://127.0.0.1:1', organization: 'conformance', device: 'conformance-01', password: 'none' };

/** Whether the faults that the simulator names can be had, and others cannot. */
export const faults: Check<Vertical> = {
  name: 'faults',
  asks: 'Each fault that its simulator names can be switched on and off by name; another name is refused with a RangeError.',
  async run({ simulator }) {
    if (!simulator) return { problems: [], note: 'it has no simulator' };
    const names = Object.keys(simulator.faults);
    const problems: string[] = [];
    for (const equipmentModel of simulator.equipmentModels) {
      for (const name of names) {
        const device = await simulator.createDevice({ ...unreached, equipmentModel, faults: [name] });
        device.setFault(name, false);
        await device.stop();
      }
      const device = await simulator.createDevice({ ...unreached, equipmentModel });
      for (const [how, switched] of [
        ['from the start', () => simulator.createDevice({ ...unreached, equipmentModel, faults: [strange] })],
        ['later', async () => device.setFault(strange, true)],
      ] as const) {
        const refused = await switched().then(
          () => false,
          (error: unknown) => error instanceof RangeError,
        );
        if (!refused) problems.push(`${equipmentModel} takes the fault "${strange}" ${how}. Throw a RangeError that names those it has.`);
      }
      await device.stop();
    }
    return { problems, note: `${names.length} faults` };
  },
};

const strange = 'no-such-fault';
