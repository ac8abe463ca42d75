import { registerSignals } from '@yunfab/core/equipment';
import { createTestOrganization } from '@yunfab/core/testing';
import type { MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { equipmentAs, type FrontStand, fronts, missing, startFront } from './testing/floor-devices.js';
import { connectDevice, eventually, type Plant, type PlantDevice } from './testing/plant.js';

describe.each(fronts)('what nobody registered, through %s', (front) => {
  describe.skipIf(missing(front))(missing(front) ?? 'a real broker', () => {
    let stand: FrontStand;
    let plant: Plant;
    let url: string;
    let devices: PlantDevice[];
    const clients: MqttClient[] = [];
    const ghost = { username: 'maker/ghost', token: 'ghost' };

    beforeAll(async () => {
      stand = await startFront(front, 4, [{ ...ghost, equipment: '', device: 'ghost' }]);
      ({ plant, url, devices } = stand);
    });
    afterAll(() => stand?.stop());
    afterEach(() => {
      for (const client of clients.splice(0)) client.end(true);
    });

    const next = () => devices.shift() as PlantDevice;
    const codeOf = ({ username }: Pick<PlantDevice, 'username'>) => username.split('/')[1] as string;
    const mine = () => equipmentAs(plant);
    const listed = async (device: string) => (await mine().quarantine.list({ device })).items;
    const letters = async (device: string) => (await mine().deadLetters.list({ device })).items.length;
    const valuesOf = async (equipment: string, signal: string) =>
      (
        await plant.sql<{ value: number | null; text: string | null }>(
          `select s.value, s.text from telemetry.sample s join telemetry.series r on r.id = s.series
           where r.equipment_id = $1 and r.signal = $2 order by s.ts, s.value`,
          equipment,
          signal,
        )
      ).map(({ value, text }) => text ?? value);

    async function publisher(device: Pick<PlantDevice, 'username' | 'token'>): Promise<(values: object) => Promise<unknown>> {
      const client = await connectDevice(url, device);
      client.on('error', () => {});
      clients.push(client);
      let seq = 0;
      return (values) =>
        client.publishAsync(`yf/v1/${device.username}/telemetry`, JSON.stringify({ ts: Date.now(), seq: ++seq, values }), { qos: 1 });
    }

    it('a signal is shown with what it carried; accepted, it and all that came before is stored', async () => {
      const oven = next();
      const publish = await publisher(oven);
      await publish({ temperature: 20, humidity: 40 });
      await publish({ humidity: 41, 'not a name': 1 });
      await eventually('it is listed', async () => (await listed(codeOf(oven)))[0]?.count === 2);
      const [entry, ...more] = await listed(codeOf(oven));
      expect(more).toEqual([]);
      expect(entry).toMatchObject({ signal: 'humidity', equipment: oven.equipment, value: 40, kind: 'number' });
      expect(entry?.sample).toContain('"humidity":40');
      expect(
        await mine().quarantine.acceptSignal({ entry: entry?.id ?? '', unit: '%', kind: 'number', range: { low: 0, high: 100 } }),
      ).toEqual({
        ...{ equipment: oven.equipment, device: codeOf(oven), signal: 'humidity', letters: 2 },
      });
      await eventually('both are stored', async () => (await valuesOf(oven.equipment, 'humidity')).length === 2);
      expect(await valuesOf(oven.equipment, 'humidity')).toEqual([40, 41]);
      expect(await valuesOf(oven.equipment, 'temperature')).toEqual([20]);
      // What was whole is no letter any more; the name that can be none keeps its letter.
      await eventually('one letter is left', async () => (await letters(codeOf(oven))) === 1);
      await publish({ humidity: 42 });
      await eventually('the next is stored at once', async () => (await valuesOf(oven.equipment, 'humidity')).length === 3);
      expect(await listed(codeOf(oven))).toEqual([]);
    });

    it('a device is shown, and lets in when accepted', async () => {
      const { equipment } = next();
      if (front === 'mosquitto') {
        const publish = await publisher(ghost);
        await publish({ temperature: 99 });
      } else {
        await expect(connectDevice(url, ghost)).rejects.toMatchObject({ code: 4 });
        await expect(connectDevice(url, { username: `maker/oven-2`, token: 'wrong' })).rejects.toMatchObject({ code: 4 });
      }
      const entry = await eventually('it is listed', async () => (await listed('ghost'))[0]);
      expect(entry).toMatchObject({ device: 'ghost', signal: null, equipment: null, kind: null });
      expect((await mine().quarantine.list({})).items.filter(({ signal }) => signal === null)).toHaveLength(1);
      const rival = await createTestOrganization(plant.db, 'rival');
      expect((await equipmentAs(plant, rival).quarantine.list({})).items).toEqual([]);
      const taken = equipmentAs(plant, rival).quarantine.acceptDevice({ entry: entry.id, equipment });
      await expect(taken).rejects.toMatchObject({ cause: { code: 'request.not_found' } });
      const { token, letters: replayed } = await mine().quarantine.acceptDevice({ entry: entry.id, equipment });
      expect(token).toMatch(/^yd_/);
      expect(await listed('ghost')).toEqual([]);
      if (front === 'embedded') {
        const publish = await publisher({ username: ghost.username, token: token ?? '' });
        await publish({ temperature: 99 });
      } else {
        expect(replayed).toBe(1);
      }
      await eventually('what it says is stored', async () => (await valuesOf(equipment, 'temperature')).includes(99));
    });

    it('signals are registered by themselves only where that is switched on, and nothing is lost meanwhile', async () => {
      const oven = next();
      const publish = await publisher(oven);
      const register = () => registerSignals({ database: plant.database, clock: () => new Date() });
      await publish({ pressure: 1.5, recipe: 'a\0b', broken: { deep: 1 } });
      await eventually('three are listed', async () => (await listed(codeOf(oven))).length === 3);
      expect(await mine().quarantine.registration({})).toEqual({ all: false, models: [] });
      expect(await register()).toBe(0);
      await expect(mine().quarantine.switchRegistration({ model: 'nothing', on: true })).rejects.toMatchObject({
        cause: { code: 'equipment.model_unknown' },
      });
      await mine().quarantine.switchRegistration({ model: 'machine', on: true });
      expect(await register()).toBe(0);
      expect(await mine().quarantine.switchRegistration({ model: 'test.oven', on: true })).toEqual({
        all: false,
        models: ['machine', 'test.oven'],
      });
      expect(await register()).toBe(2);
      await eventually('the value is stored', async () => (await valuesOf(oven.equipment, 'pressure')).length === 1);
      await publish({ pressure: 1.6, recipe: 'c' });
      await eventually('so is the next', async () => (await valuesOf(oven.equipment, 'recipe')).includes('c'));
      const series = await plant.sql(
        "select signal, unit, value_kind from telemetry.series where equipment_id = $1 and signal in ('pressure', 'recipe', 'broken') order by 1",
        oven.equipment,
      );
      expect(series).toEqual([
        { signal: 'pressure', unit: '1', value_kind: 'number' },
        { signal: 'recipe', unit: '', value_kind: 'text' },
      ]);
      expect((await listed(codeOf(oven))).map(({ signal, kind }) => [signal, kind])).toEqual([['broken', null]]);
      await mine().quarantine.switchRegistration({ model: 'test.oven', on: false });
    });

    it('is bounded: 200 signals of a device, the newest among them, and what is dismissed goes', async () => {
      const oven = next();
      const publish = await publisher(oven);
      await publish(Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`made_up_${n}`, n])));
      await publish(Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`invented_${n}`, n])));
      const countOf = async () =>
        (await plant.sql<{ n: number }>('select count(*)::int as n from telemetry.quarantine where device = $1', codeOf(oven)))[0]?.n;
      await eventually('it is full', async () => (await countOf()) === 200);
      await publish({ one_more: 1 });
      await eventually('three letters', async () => (await letters(codeOf(oven))) === 3);
      expect(await countOf()).toBe(200);
      const [entry] = await listed(codeOf(oven));
      expect(entry?.signal).toBe('one_more');
      await mine().quarantine.dismiss({ entry: entry?.id ?? '' });
      await expect(mine().quarantine.dismiss({ entry: entry?.id ?? '' })).rejects.toMatchObject({ cause: { code: 'request.not_found' } });
      expect(await countOf()).toBe(199);
    });
  });
});
