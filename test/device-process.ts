import { openDevice } from '@yunfab/sdk/device';

/** A machine's own process: publishes numbers until it is killed, and prints each that stood on the disk. */
const { URL, DEVICE = '', TOKEN = '', FOLDER = '', FROM = '0' } = process.env;
const device = await openDevice({ url: URL ?? '', username: DEVICE, token: TOKEN, folder: FOLDER });
for (let n = Number(FROM); ; n += 1) {
  await device.publish({ temperature: n });
  process.stdout.write(`${n}\n`);
  await new Promise((resolve) => setTimeout(resolve, 2));
}
