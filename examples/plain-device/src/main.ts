import { setTimeout as sleep } from 'node:timers/promises';
import { connectAsync } from 'mqtt';

/** A machine as its own program knows it: any MQTT client, a user name, a password and three kinds of messages. */

const { MQTT_URL = 'mqtt://127.0.0.1:1883', DEVICE, TOKEN, PIECES = '5', CYCLE_MS = '1000' } = process.env;
if (!DEVICE || !TOKEN) {
  console.error('Set DEVICE (organization/device) and TOKEN (shown when the device was registered). Optional: MQTT_URL, PIECES, CYCLE_MS.');
  process.exit(1);
}
const topic = `yf/v1/${DEVICE}`;

const client = await connectAsync(MQTT_URL, {
  clientId: DEVICE,
  username: DEVICE,
  password: TOKEN,
  will: { topic: `${topic}/status`, payload: Buffer.from('offline'), qos: 1, retain: true },
});
await client.publishAsync(`${topic}/status`, 'online', { qos: 1, retain: true });
console.log(`${DEVICE} is online at ${MQTT_URL}`);

// #region publish
/** Resolves when the platform has stored it: that is what its acknowledgement means. */
const publish = (kind: 'telemetry' | 'event', message: object) =>
  client.publishAsync(`${topic}/${kind}`, JSON.stringify({ ts: Date.now(), ...message }), { qos: 1 });
// #endregion

const readings = 5;
for (let piece = 1; piece <= Number(PIECES); piece++) {
  const run = `${Date.now().toString(36)}-${piece}`;
  // #region run
  await publish('event', { type: 'run_started', run, program: 'demo' });
  for (let reading = 0; reading < readings; reading++) {
    await publish('telemetry', { values: { temperature: 55 + 4 * reading + Math.random(), power: 3.2 + Math.random() } });
    await sleep(Number(CYCLE_MS) / readings);
  }
  await publish('event', { type: 'run_ended', run });
  await publish('event', { type: 'count', good: 1, scrap: 0 });
  // #endregion
  console.log(`${DEVICE} made piece ${piece} of ${PIECES}`);
}

await client.publishAsync(`${topic}/status`, 'offline', { qos: 1, retain: true });
await client.endAsync();
