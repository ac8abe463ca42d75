import type { ReplayWindow, SimulatedDevice, VerticalSimulator } from '@yunfab/core/verticals';
import { platformVersion } from '../platform/version.js';
import { importVerticals } from '../platform/verticals.js';
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
  /** Unix ms up to which they tell their past. */
  readonly to: number;
}

const atOnce = 4;

async function run({ packages, mqttUrl, machines, seed, speed, historyMs, to }: SimulatorOrder): Promise<void> {
  const verticals = await importVerticals(packages, platformVersion);
  const devices = await Promise.all(
    machines.map((machine, index) => {
      const simulator = verticals.find(({ vertical }) => vertical.simulator?.equipmentModels.includes(machine.model))?.vertical
        .simulator as VerticalSimulator;
      const { organization, device, token: password, program, faults, model: equipmentModel } = machine;
      return simulator.createDevice({
        equipmentModel,
        mqttUrl,
        organization,
        device,
        password,
        program,
        faults,
        seed: seed + index,
        speed: speed * machine.speed,
      });
    }),
  );
  process.on('disconnect', () => void stop(devices));
  process.on('SIGTERM', () => void stop(devices));
  for (let i = 0; i < devices.length; i += atOnce) {
    const some = devices.slice(i, i + atOnce);
    await Promise.all(some.map((device, j) => device.replay(windowOf(machines[i + j] as Machine, to, historyMs))));
    await Promise.all(some.map((device) => device.start()));
  }
  process.send?.('running');
}

/** History is sent once: a machine goes on after the last that is stored of it, and never tells more than six hours. */
function windowOf({ lastSeen, since }: Machine, to: number, historyMs: number): ReplayWindow {
  return { from: Math.max(to - historyMs, (lastSeen ?? 0) + 1), to, ...(since === null ? {} : { since }) };
}

let stopping = false;
/** A broker that is gone hears no farewell; nobody is left who would end this process then. */
const farewellMs = 4_000;

async function stop(devices: readonly SimulatedDevice[]): Promise<void> {
  stopping = true;
  setTimeout(() => process.exit(0), farewellMs);
  await Promise.allSettled(devices.map((device) => device.stop()));
  process.exit(0);
}

// Ctrl-C reaches the whole group of processes; the demo ends this one when the rest is ready for it.
process.on('SIGINT', () => {});
process.once('message', (order: SimulatorOrder) => {
  run(order).catch((error: unknown) => {
    // A past that is being told when the end comes is told the next time.
    if (stopping) return;
    console.error('the simulated machines stopped:', error);
    process.exit(1);
  });
});
