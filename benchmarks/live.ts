import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connect } from '@yunfab/core/database';
import { createClient } from '@yunfab/sdk';
import { makeBuyer } from './api/companies.js';
import { startPlatform } from './api/platform.js';
import { startPublishers, startSubscribers } from './telemetry/processes.js';
import { type BenchDevice, signalsOfDevice } from './telemetry/signals.js';

/**
 * From a device's publish to a subscriber's hands: `yunfab start` with its embedded broker takes 5,000 messages a second of ten
 * values each from 100 devices, and 200 subscribers with a connection each watch one piece of equipment of ten series. A value is
 * shown after its commit, in at most 20 updates a second. Its age is taken when the SDK hands it over; all on one machine, one clock.
 */
const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '30' }, rate: { type: 'string', default: '5000' } },
});
const [seconds, messagesPerSecond] = [Number(options.seconds), Number(options.rate)];
const devices = 100;
const subscribers = 200;

const platform = await startPlatform();
const owner = connect(platform.urls.owner ?? '', { max: 1 });
const apiKey = await makeBuyer(owner);
const plant = await registerDevices();
await owner.close();

const publishers = await startPublishers({
  port: Number(new URL(platform.mqttUrl).port),
  devices: plant,
  valuesOfMessage: signalsOfDevice,
  window: messagesPerSecond,
});
const began = performance.now();
const pace = setInterval(() => publishers.credit(((performance.now() - began) / 1000) * messagesPerSecond), 10);
const watching = await startSubscribers(
  { url: platform.httpUrl, apiKey },
  Array.from({ length: subscribers }, (_, n) => (plant[n % devices] as BenchDevice).equipment),
);
await sleep(2_000);
await watching.take();
const [from, fromAt] = [publishers.acknowledged(), performance.now()];
await sleep(seconds * 1000);
const rate = (publishers.acknowledged() - from) / ((performance.now() - fromAt) / 1000);
const { ages, updates } = await watching.take();
clearInterval(pace);
await publishers.stop();
watching.stop();
const rss = platform.residentBytes();
await platform.stop();

ages.sort();
const at = (share: number) => ages[Math.ceil(ages.length * share) - 1] ?? Number.NaN;
const figures = {
  messages_per_s: Math.round(rate),
  p50_ms: at(0.5),
  p99_ms: at(0.99),
  values_delivered_per_s: Math.round(ages.length / seconds),
  updates_per_subscriber_s: Number((updates / subscribers / seconds).toFixed(1)),
  rss_mb: Math.round(rss / 1e6),
};
console.table({ live: figures });
console.log(JSON.stringify({ bench: 'live', ...figures }));

/** The common model has two signals; the other eight are added as a vertical's model would bring them. */
async function registerDevices(): Promise<BenchDevice[]> {
  const { equipment } = createClient({ url: platform.httpUrl, apiKey });
  const made: BenchDevice[] = [];
  for (let n = 0; n < devices; n += 1) {
    const device = `machine-${n}`;
    const { id } = await equipment.create({ code: device, name: device, model: 'machine' });
    await owner.pool.query(
      `insert into telemetry.series (organization, equipment_id, signal, unit, value_kind)
       select e.organization, e.equipment_id, 'v' || n, '1', 'number'
       from (select distinct organization, equipment_id from telemetry.series where equipment_id = $1) e, generate_series(0, $2 - 1) n`,
      [id, signalsOfDevice],
    );
    const { username, token } = await equipment.devices.create({ equipment: id, device });
    if (token === null) throw new Error(`${device} was there already`);
    made.push({ equipment: id, username, token });
  }
  return made;
}
