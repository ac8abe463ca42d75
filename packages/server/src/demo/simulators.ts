import type { SimulatedDevice, VerticalSimulator } from '@yunfab/core/verticals';
import { importVerticals } from '../platform/verticals.js';
import { platformVersion } from '../platform/version.js';
import type { Machine } from './machines.js';

/** What the demo sends to this process, which it starts beside itself so that the server's memory is the server's own. */
export interface SimulatorOrder {
  readonly packages: readonly string[];
  readonly mqttUrl: string;
  readonly machines: readonly Machine[];
  readonly seed: number;
  readonly speed: number;
  /** How far back a machine without a past begins. */
  readonly historyMs: number;
}

const atOnce = 4;

async function run({ packages, mqttUrl, machines, seed, speed, historyMs }: SimulatorOrder): Promise<void> {
  const verticals = await importVerticals(packages, platformVersion);
  const devices = await Promise.all(
    machines.map((machine, index) => {
      const simulator = verticals.find(({ vertical }) => vertical.simulator?.equipmentModels.includes(machine.model))?.vertical.simulator as VerticalSimulator;
      const { organization, device, token: password, program, faults, model: equipmentModel } = machine;
      return simulator.createDevice({ equipmentModel, mqttUrl, organization, device, password, program, faults, seed: seed + index, speed: speed * machine.speed });
    }),
  );
  process.on('disconnect', () => void stop(devices));
  process.on('SIGTERM', () => void stop(devices));
  const to = Date.now();
  for (let i = 0; i < devices.length; i += atOnce) {
    const some = devices.slice(i, i + atOnce);
    await Promise.all(some.map((device, j) => device.replay({ from: beginOf(machines[i + j], to - historyMs), to })));
    await Promise.all(some.map((device) => device.start()));
  }
  process.send?.('running');
}

/** History is sent once: a machine goes on after the last that is stored of it, and never tells more than six hours. */
function beginOf(machine: Machine | undefined, earliest: number): number {
  return Math.max(earliest, (machine?.lastSeen ?? 0) + 1);
}

async function stop(devices: readonly SimulatedDevice[]): Promise<void> {
  await Promise.allSettled(devices.map((device) => device.stop()));
  process.exit(0);
}

// Ctrl-C reaches the whole group of processes; the demo ends this one when the rest is ready for it.
process.on('SIGINT', () => {});
process.once('message', (order: SimulatorOrder) => {
  run(order).catch((error: unknown) => {
    console.error('the simulated machines stopped:', error);
    process.exit(1);
  });
});
