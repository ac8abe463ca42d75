import { connect as dial } from 'node:net';
import type { MqttClient } from 'mqtt';
import { generate, type Packet } from 'mqtt-packet';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { equipmentAs, type FrontStand, fronts, missing, projectorOf, standOn, startFront } from '../testing/floor-devices.js';
import { killableGateway } from '../testing/killable-gateway.js';
import { freePort } from '../testing/mosquitto.js';
import { connectDevice, createPlant, eventually, type Plant, type PlantDevice } from '../testing/plant.js';

interface Heard {
  readonly id: string;
  readonly name: string;
  readonly parameters: object;
  readonly expiresAt: number;
}

describe.each(fronts)('commands to a device through %s', (front) => {
  describe.skipIf(missing(front))(missing(front) ?? 'a real broker', () => {
    let stand: FrontStand;
    let plant: Plant;
    let url: string;
    let project: () => Promise<void>;
    let devices: PlantDevice[];
    const clients: MqttClient[] = [];

    beforeAll(async () => {
      stand = await startFront(front, 8);
      ({ plant, url, devices } = stand);
      project = projectorOf(plant);
    });
    afterAll(() => stand?.stop());
    afterEach(() => {
      for (const client of clients.splice(0)) client.end(true);
    });

    const next = () => devices.shift() as PlantDevice;
    const codeOf = ({ username }: PlantDevice) => username.split('/')[1] as string;
    const commands = () => equipmentAs(plant).commands;
    const send = (device: PlantDevice, given: object = {}) => commands().send({ device: codeOf(device), name: 'preheat', ...given });

    /** As docs/devices.md asks of a device: subscribe, then say that it is online. */
    async function listening(device: PlantDevice, options: object = {}, at = url): Promise<{ client: MqttClient; heard: Heard[] }> {
      const client = await connectDevice(at, device, options);
      client.on('error', () => {});
      clients.push(client);
      const heard: Heard[] = [];
      client.on('message', (topic, payload) => topic.endsWith('/command') && heard.push(JSON.parse(payload.toString()) as Heard));
      await client.subscribeAsync(`yf/v1/${device.username}/command`, { qos: 1 });
      await client.publishAsync(`yf/v1/${device.username}/status`, 'online', { qos: 1, retain: true });
      return { client, heard };
    }
    const answer = (client: MqttClient, device: PlantDevice, body: object) =>
      client.publishAsync(`yf/v1/${device.username}/command/ack`, JSON.stringify(body), { qos: 1 });
    const stateOf = async (command: string) => {
      await project();
      return (await commands().get({ command })).state;
    };

    it('reach it at once, and its answer ends them with the whole trail', async () => {
      const oven = next();
      const { client, heard } = await listening(oven);
      const sent = await send(oven, { parameters: { to: 180 } });
      await eventually('the command arrives', () => heard.length > 0);
      expect(heard[0]).toEqual({ id: sent.id, name: 'preheat', parameters: { to: 180 }, expiresAt: Date.parse(sent.expiresAt) });
      await eventually('it is sent', async () => (await stateOf(sent.id)) === 'sent');
      await answer(client, oven, { id: sent.id, ok: true, reached: 181 });
      await eventually('it is acknowledged', async () => (await stateOf(sent.id)) === 'acknowledged');
      const { trail, deliveries, answer: told } = await commands().get({ command: sent.id });
      // Where the device's "online" is stored after the command was given, it is given once more.
      expect([...new Set(trail.map(({ what, by }) => `${what} by ${by}`))]).toEqual([
        'queued by Tester of maker',
        'sent by null',
        'acknowledged by null',
      ]);
      expect(trail.filter(({ what }) => what === 'sent')).toHaveLength(deliveries);
      expect(told?.more).toEqual({ reached: 181 });
    });

    it('wait for it, in the order of sending, and are given again to one that came back without an answer', async () => {
      const oven = next();
      const [first, second] = [await send(oven), await send(oven)];
      const here = await listening(oven);
      await eventually('both arrive', () => new Set(here.heard.map(({ id }) => id)).size === 2);
      expect([...new Set(here.heard.map(({ id }) => id))]).toEqual([first.id, second.id]);
      await answer(here.client, oven, { id: first.id, ok: true });
      await eventually('the first is acknowledged', async () => (await stateOf(first.id)) === 'acknowledged');
      here.client.end(true);
      const back = await listening(oven);
      await eventually('the second comes again', () => back.heard.length > 0);
      expect([...new Set(back.heard.map(({ id }) => id))]).toEqual([second.id]);
      await answer(back.client, oven, { id: second.id, error: 'door open' });
      await eventually('the second is rejected', async () => (await stateOf(second.id)) === 'rejected');
    });

    it('wait in the session of a device that keeps one', async () => {
      const oven = next();
      const here = await listening(oven, { clean: false });
      here.client.end(true);
      const { id } = await send(oven);
      const back = await connectDevice(url, oven, { clean: false });
      clients.push(back);
      const heard = new Promise<string>((resolve) => back.once('message', (_topic, payload) => resolve(payload.toString())));
      expect(JSON.parse(await heard)).toMatchObject({ id });
    });

    // A broker outside is told when a command expires; to cancel there what it has taken, nobody can.
    it.each(fronts.filter((each) => each === front && each === 'embedded'))(
      'that a device with a session never took come again through %s only while they stand',
      async () => {
        const oven = next();
        const { username, token } = oven;
        const packets: Packet[] = [
          {
            ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: false, keepalive: 0 },
            ...{ clientId: username, username, password: Buffer.from(token) },
          },
          { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: `yf/v1/${username}/command`, qos: 1 }] },
        ];
        // As a device without power whose connection nobody has missed yet: it acknowledges nothing.
        const mute = dial(Number(new URL(url).port), '127.0.0.1');
        for (const packet of packets) mute.write(generate(packet));
        mute.resume();
        const [late, canceled, standing] = [await send(oven), await send(oven), await send(oven)];
        for (const { id } of [late, canceled, standing]) await eventually('it is sent', async () => (await stateOf(id)) === 'sent');
        await plant.sql("update core.device_command set expires_at = now() - interval '1 second' where id = $1", late.id);
        await commands().cancel({ command: canceled.id });
        const heard: string[] = [];
        const back = await connectDevice(url, oven, { clean: false });
        clients.push(back);
        back.on('message', (_topic, payload) => heard.push((JSON.parse(payload.toString()) as Heard).id));
        await eventually('what stands comes again', () => heard.includes(standing.id));
        const wanted = await send(oven);
        await eventually('so does the next', () => heard.includes(wanted.id));
        expect([...new Set(heard)]).toEqual([standing.id, wanted.id]);
        mute.destroy();
      },
    );

    it('reach nobody once they are expired or canceled, or when the device’s token is revoked', async () => {
      const [oven, revoked] = [next(), next()];
      const gone = await send(oven);
      await plant.sql("update core.device_command set expires_at = now() - interval '1 second' where id = $1", gone.id);
      const canceled = await send(oven);
      await commands().cancel({ command: canceled.id });
      await send(revoked);
      const { heard: heardByRevoked } = front === 'mosquitto' ? await listening(revoked) : { heard: [] };
      heardByRevoked.length = 0;
      await plant.revoke(revoked.device);
      await send(revoked);
      const { heard } = await listening(oven);
      const wanted = await send(oven);
      await eventually('the wanted one arrives', () => heard.some(({ id }) => id === wanted.id));
      expect([...new Set(heard.map(({ id }) => id))]).toEqual([wanted.id]);
      const [given] = await plant.sql<{ given: number }>(
        "select count(*)::int as given from core.device_command where device = $1 and state = 'sent' and created_at > (select revoked_at from core.device_credential where device = $1)",
        codeOf(revoked),
      );
      expect(given).toEqual({ given: 0 });
    });

    it('are answered by their own device only; what is no answer is a dead letter', async () => {
      const [oven, other] = [next(), next()];
      const { id } = await send(oven);
      const { client } = await listening(other);
      await answer(client, other, { id, ok: true });
      await answer(client, other, { id: 'x', ok: true });
      await answer(client, other, { id });
      await eventually(
        'two dead letters',
        async () => (await equipmentAs(plant).deadLetters.list({ device: codeOf(other) })).items.length === 2,
      );
      const { items } = await equipmentAs(plant).deadLetters.list({ device: codeOf(other) });
      expect(items.map(({ reason }) => reason)).toEqual(['bad_event', 'bad_event']);
      const reasonOf = () => plant.sql<{ reason: string }>("select reason from core.device_event_unused where type = 'command_ack'");
      await eventually('the answer is set aside', async () => (await project(), (await reasonOf()).length === 1));
      expect((await reasonOf())[0]?.reason).toContain(`no command "${id}" was sent to the device`);
      expect(['queued', 'sent']).toContain(await stateOf(id));
    });
  });
});

describe.each(fronts)('a gateway on %s that is killed', (front) => {
  it.skipIf(missing(front))(
    'loses no command: what it had in hand is given by the next',
    async () => {
      const plant = await createPlant();
      const oven = await plant.addDevice('oven-1');
      const { broker, mosquitto } = await standOn(front, [oven], await freePort());
      const gateway = killableGateway(plant, broker);
      const url = mosquitto?.url ?? `mqtt://127.0.0.1:${broker.kind === 'embedded' ? broker.port : 0}`;
      try {
        await gateway.start();
        await gateway.kill();
        const send = (name: string) => equipmentAs(plant).commands.send({ device: 'oven-1', name });
        const [inHand, waiting] = [await send('a'), await send('b')];
        // As a gateway leaves it that is killed between the claim and the giving.
        await plant.sql('select * from telemetry.claim_commands(null, 100)');
        await plant.sql("update core.device_command set due_at = now() + interval '2 seconds' where id = $1", inHand.id);
        await plant.sql('update core.device_command set due_at = now() where id = $1', waiting.id);
        await gateway.start();
        const client = await connectDevice(url, oven);
        const heard = new Set<string>();
        client.on('message', (_topic, payload) => heard.add((JSON.parse(payload.toString()) as Heard).id));
        await client.subscribeAsync(`yf/v1/${oven.username}/command`, { qos: 1 });
        await eventually('both arrive', () => heard.has(waiting.id) && heard.has(inHand.id), 30_000);
        client.end(true);
      } finally {
        await gateway.kill();
        await mosquitto?.stop();
        await plant.close();
      }
    },
    60_000,
  );
});
