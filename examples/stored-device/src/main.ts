import { setTimeout as sleep } from 'node:timers/promises';
import { openDevice } from '@yunfab/sdk/device';

/** A machine that loses nothing: what it measures waits on its own disk until the platform has stored it. */

const { MQTT_URL = 'mqtt://127.0.0.1:1883', DEVICE, TOKEN, FOLDER = './spool', READINGS = '60', EVERY_MS = '1000' } = process.env;
if (!DEVICE || !TOKEN) {
  console.error('Set DEVICE (organization/device) and TOKEN (shown once). Optional: MQTT_URL, FOLDER, READINGS, EVERY_MS.');
  process.exit(1);
}

// #region device
const device = await openDevice({ url: MQTT_URL, username: DEVICE, token: TOKEN, folder: FOLDER });
const machine = { target: 60, everyMs: Number(EVERY_MS) };
device.onCommand(({ name, parameters }) => {
  const target = parameters['temperature'];
  if (name !== 'set_target' || typeof target !== 'number') throw new Error(`this machine knows set_target { temperature }, not ${name}`);
  machine.target = target;
  return { target };
});
device.onConfiguration(({ configuration }) => {
  const everyMs = configuration['every_ms'];
  if (typeof everyMs === 'number' && everyMs > 0) machine.everyMs = everyMs;
  return { every_ms: machine.everyMs };
});
for (let reading = 0; reading < Number(READINGS); reading++) {
  await device.publish({ temperature: machine.target + Math.random(), power: 3.2 });
  await sleep(machine.everyMs);
}
await device.flush();
await device.close();
// #endregion
console.log(`${DEVICE}: ${READINGS} readings are stored`);
