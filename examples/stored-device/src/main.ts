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
for (let reading = 0; reading < Number(READINGS); reading++) {
  await device.publish({ temperature: 60 + Math.random(), power: 3.2 });
  await sleep(Number(EVERY_MS));
}
await device.flush();
await device.close();
// #endregion
console.log(`${DEVICE}: ${READINGS} readings are stored`);
