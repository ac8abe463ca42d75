import { createCore } from '@yunfab/core';
import { createCallerFactory, router } from '@yunfab/core/commands';
import { createEquipmentRouter, createEquipmentService } from '@yunfab/core/equipment';
import { type TestOrganization, testContext } from '@yunfab/core/testing';
import { type BrokerOptions, createGateway } from '../index.js';
import { type Mosquitto, startMosquitto, withoutMosquitto } from './mosquitto.js';
import { createPlant, loudLog, type Plant, type PlantDevice, plantModels } from './plant.js';

export const gatewayUser = { username: 'gateway', password: 'secret' };

/** Both ways into the gateway: what holds on one holds on the other. */
export const fronts = ['embedded', 'mosquitto'] as const;
export type FrontName = (typeof fronts)[number];

export const missing = (front: FrontName): string | null => (front === 'mosquitto' ? withoutMosquitto : null);

/** Where the gateway stands: its own broker on a port, or a Mosquitto that knows these devices. */
export async function standOn(
  front: FrontName,
  devices: readonly PlantDevice[],
  port = 0,
): Promise<{ readonly broker: BrokerOptions; readonly mosquitto: Mosquitto | null }> {
  if (front === 'embedded') return { broker: { kind: 'embedded', host: '127.0.0.1', port }, mosquitto: null };
  const mosquitto = await startMosquitto({
    gateway: gatewayUser,
    devices: devices.map(({ username, token }) => ({ username, password: token })),
  });
  return { broker: { kind: 'external', url: mosquitto.gatewayUrl, clientId: 'gateway', ...gatewayUser }, mosquitto };
}

/** A plant whose devices reach its gateway at `url`. */
export interface FrontStand {
  readonly plant: Plant;
  readonly url: string;
  readonly devices: PlantDevice[];
  stop(): Promise<void>;
}

/** With so many ovens; a broker outside knows the strangers too, the plant does not. */
export async function startFront(front: FrontName, ovens: number, strangers: readonly PlantDevice[] = []): Promise<FrontStand> {
  const plant = await createPlant();
  const devices: PlantDevice[] = [];
  for (let made = 1; made <= ovens; made += 1) devices.push(await plant.addDevice(`oven-${made}`));
  const { broker, mosquitto } = await standOn(front, [...devices, ...strangers]);
  const gateway = createGateway({ database: plant.database, broker, log: loudLog });
  const { mqttUrl } = await gateway.start();
  return {
    plant,
    url: mosquitto?.url ?? mqttUrl,
    devices,
    async stop() {
      await gateway.stop();
      await mosquitto?.stop();
      await plant.close();
    },
  };
}

const createCaller = createCallerFactory(router(createEquipmentRouter(createEquipmentService({ models: plantModels }))));

/** `equipment.*` as somebody of the organization. */
export const equipmentAs = (plant: Plant, who: TestOrganization = plant.maker) => createCaller(testContext(plant.db, who));

/** Applies what devices have reported so far. */
export function projectorOf(plant: Plant): () => Promise<void> {
  const log = { warn: console.warn, error: console.error };
  const projector = createCore({ verticals: [] }).createProjector({ database: plant.database, clock: () => new Date(), log });
  return () => projector.drain();
}
