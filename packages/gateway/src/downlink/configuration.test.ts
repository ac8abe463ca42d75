import { createTestOrganization } from '@yunfab/core/testing';
import type { MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { equipmentAs, type FrontStand, fronts, missing, projectorOf, startFront } from '../testing/floor-devices.js';
import { connectDevice, eventually, type Plant, type PlantDevice } from '../testing/plant.js';

interface Heard {
  readonly version: number;
  readonly configuration: object;
}

describe.each(fronts)('the configuration of a device through %s', (front) => {
  describe.skipIf(missing(front))(missing(front) ?? 'a real broker', () => {
    let stand: FrontStand;
    let plant: Plant;
    let url: string;
    let project: () => Promise<void>;
    let devices: PlantDevice[];
    const clients: MqttClient[] = [];

    beforeAll(async () => {
      stand = await startFront(front, 3);
      ({ plant, url, devices } = stand);
      project = projectorOf(plant);
    });
    afterAll(() => stand?.stop());
    afterEach(() => {
      for (const client of clients.splice(0)) client.end(true);
    });

    const next = () => devices.shift() as PlantDevice;
    const codeOf = ({ username }: PlantDevice) => username.split('/')[1] as string;
    const configuration = () => equipmentAs(plant).configuration;
    const set = (device: PlantDevice, version: number, given: Record<string, unknown>) =>
      configuration().set({ device: codeOf(device), version, configuration: given });
    const seen = async (device: PlantDevice) => {
      await project();
      return configuration().get({ device: codeOf(device) });
    };

    async function listening(device: PlantDevice): Promise<{ client: MqttClient; heard: Heard[] }> {
      const client = await connectDevice(url, device);
      client.on('error', () => {});
      clients.push(client);
      const heard: Heard[] = [];
      client.on('message', (topic, payload) => topic.endsWith('/config') && heard.push(JSON.parse(payload.toString()) as Heard));
      await client.subscribeAsync(`yf/v1/${device.username}/config`, { qos: 1 });
      await client.publishAsync(`yf/v1/${device.username}/status`, 'online', { qos: 1, retain: true });
      return { client, heard };
    }
    const report = (client: MqttClient, device: PlantDevice, body: object) =>
      client.publishAsync(`yf/v1/${device.username}/config/reported`, JSON.stringify(body), { qos: 1 });

    it('is the newest when it connects, changes under way, and is applied when the device says so', async () => {
      const oven = next();
      await set(oven, 0, { interval: 1 });
      await set(oven, 1, { interval: 2, mode: 'eco' });
      const { client, heard } = await listening(oven);
      await eventually('the newest arrives', () => heard.at(-1)?.version === 2);
      expect(heard.at(-1)).toEqual({ version: 2, configuration: { interval: 2, mode: 'eco' } });
      expect(await seen(oven)).toMatchObject({ state: 'waiting', reported: null });
      await report(client, oven, { version: 2, configuration: { interval: 5 } });
      await eventually('the report is read', async () => (await seen(oven)).state === 'differs');
      expect((await seen(oven)).differences).toEqual([
        { path: '/interval', desired: 2, reported: 5 },
        { path: '/mode', desired: 'eco' },
      ]);
      await set(oven, 2, { interval: 5 });
      await eventually('the change arrives', () => heard.at(-1)?.version === 3);
      await report(client, oven, { version: 3, configuration: { interval: 5 } });
      await eventually('it is applied', async () => (await seen(oven)).state === 'applied');
      const { desired } = await seen(oven);
      expect(desired).toMatchObject({ version: 3, setBy: 'Tester of maker', sentAt: expect.any(String) });
      client.end(true);
      const back = await listening(oven);
      await eventually('it comes at every connection', () => back.heard.length > 0);
      expect(back.heard[0]).toEqual({ version: 3, configuration: { interval: 5 } });
    });

    it('is refused with the device’s reason; what is no report is a dead letter', async () => {
      const oven = next();
      const { client } = await listening(oven);
      await report(client, oven, { version: 0, configuration: { interval: 1 } });
      await eventually('what it came with is known', async () => (await seen(oven)).reported !== null);
      expect(await seen(oven)).toMatchObject({ state: 'unset', desired: null, reported: { version: 0, configuration: { interval: 1 } } });
      await set(oven, 0, { interval: -1 });
      await report(client, oven, { version: 1, error: 'interval must be positive' });
      await eventually('it is refused', async () => (await seen(oven)).state === 'refused');
      expect((await seen(oven)).reported).toMatchObject({ version: 1, error: 'interval must be positive', configuration: null });
      await report(client, oven, { configuration: {} });
      const letters = async () => (await equipmentAs(plant).deadLetters.list({ device: codeOf(oven) })).items;
      await eventually('a dead letter', async () => (await letters()).length === 1);
      expect((await letters())[0]).toMatchObject({
        reason: 'bad_event',
        detail: expect.stringContaining('configuration_reported.version'),
      });
    });

    it('is set by who saw the version before, in one’s own organization only', async () => {
      const oven = next();
      await set(oven, 0, { interval: 1 });
      await expect(set(oven, 0, { interval: 2 })).rejects.toMatchObject({
        cause: { code: 'equipment.configuration_stale', details: { seen: 0, current: 1 } },
      });
      await expect(set(oven, 1, { text: 'x'.repeat(70_000) })).rejects.toMatchObject({ cause: { code: 'equipment.parameters_unusable' } });
      const rival = await createTestOrganization(plant.db, 'rival');
      const theirs = equipmentAs(plant, rival).configuration.get({ device: codeOf(oven) });
      await expect(theirs).rejects.toMatchObject({ cause: { code: 'equipment.device_not_found' } });
      const { versions } = await configuration().versions({ device: codeOf(oven) });
      expect(versions).toMatchObject([{ version: 1, configuration: { interval: 1 }, setBy: 'Tester of maker' }]);
    });
  });
});
