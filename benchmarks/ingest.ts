import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort, startMosquitto, withoutMosquitto } from '@yunfab/gateway/testing';
import { copyCeiling } from './telemetry/ceiling.js';
import { type CpuSeconds, cpuSeconds } from './telemetry/cpu.js';
import { type BenchPlant, createBenchPlant } from './telemetry/plant.js';
import { type GatewayProcess, type Publishers, startGatewayProcess, startPublishers } from './telemetry/processes.js';
import { signalsOfDevice } from './telemetry/signals.js';

/**
 * Publisher processes → broker → gateway → PostgreSQL on one machine: 100 devices of 10 signals, QoS 1, acknowledged after
 * the commit, with last values, dedup, receipts, partitions and rollups on. As fast as it goes, then at half of that for the
 * age of a value at its commit; the same with one value a message. First through Mosquitto, then with the embedded broker.
 * The ceiling, in the same run: the same rows by direct binary COPY into a table with the same key.
 * Every message that was sent must be there once, or the figures are not printed.
 * `--seconds 60` is how long the main case takes, the others a third; `--broker mosquitto|embedded|both`.
 */
const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, broker: { type: 'string', default: 'both' } },
});
const seconds = Number(options.seconds);
const devices = 100;
/** How many messages may be on their way at once. */
const window = 8_000;
const settleMs = 3_000;

interface Figures {
  /** Of the main case. */
  readonly rows: number;
  readonly values_per_s: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
  readonly bytes_per_value: number;
  readonly rss_mb: number;
  readonly one_value_per_s: number;
}

const plant = await createBenchPlant(devices);
const fronts = ['mosquitto', 'embedded'].filter((front) => options.broker === 'both' || options.broker === front);
if (withoutMosquitto && fronts.includes('mosquitto')) throw new Error(withoutMosquitto);
const measured: Record<string, Figures> = {};
for (const front of fronts) measured[front] = front === 'mosquitto' ? await throughMosquitto() : await embedded();
console.log('the ceiling: direct binary COPY of the same rows');
const ceiling = await copyCeiling(plant.owner, plant.server.urls.owner, Math.max(...Object.values(measured).map(({ rows }) => rows)));
await plant.close();
report();

async function throughMosquitto(): Promise<Figures> {
  const mosquitto = await startMosquitto();
  const port = Number(new URL(mosquitto.url).port);
  const gateway = await startGatewayProcess({
    urls: plant.server.urls,
    broker: { kind: 'external', url: mosquitto.url, clientId: 'yunfab-bench' },
  });
  const figures = await measure('mosquitto', gateway, port);
  await gateway.stop();
  await mosquitto.stop();
  return figures;
}

async function embedded(): Promise<Figures> {
  const port = await freePort();
  const gateway = await startGatewayProcess({ urls: plant.server.urls, broker: { kind: 'embedded', host: '127.0.0.1', port } });
  const figures = await measure('embedded', gateway, port);
  await gateway.stop();
  return figures;
}

async function measure(front: string, gateway: GatewayProcess, port: number): Promise<Figures> {
  const before = await stored(plant);
  const full = await load(gateway, port, signalsOfDevice, seconds, null);
  const rss = gateway.rssBytes();
  const after = await stored(plant);
  console.log(`${front}: ${rounded(full.valuesPerSecond)} values/s, ten a message; processor time of a million: ${full.cpu}`);
  const half = await load(gateway, port, signalsOfDevice, seconds / 3, full.valuesPerSecond / signalsOfDevice / 2);
  console.log(`${front}: at half load ${rounded(half.valuesPerSecond)} values/s, p50 ${half.p50} ms, p99 ${half.p99} ms; ${half.cpu}`);
  const single = await load(gateway, port, 1, seconds / 3, null);
  console.log(`${front}: ${rounded(single.valuesPerSecond)} values/s, one a message; ${single.cpu}`);
  return {
    rows: after.rows - before.rows,
    values_per_s: rounded(full.valuesPerSecond),
    p50_ms: half.p50,
    p99_ms: half.p99,
    bytes_per_value: rounded((after.bytes - before.bytes) / (after.rows - before.rows)),
    rss_mb: rounded(rss / 1e6),
    one_value_per_s: rounded(single.valuesPerSecond),
  };
}

/** `messagesPerSecond` null: as fast as it goes. Counts what was committed between the first and the last second. */
async function load(gateway: GatewayProcess, port: number, valuesOfMessage: number, forSeconds: number, messagesPerSecond: number | null) {
  const start = await stored(plant);
  const publishers = await startPublishers({ port, devices: plant.devices, valuesOfMessage, window });
  const base = gateway.counters().committed;
  const began = performance.now();
  let running = true;
  gateway.onCounters(({ committed }) => {
    if (!running) return;
    const free = committed - base + window;
    const due = messagesPerSecond === null ? free : ((performance.now() - began) / 1000) * messagesPerSecond;
    publishers.credit(Math.min(free, due));
  });
  await sleep(1_000);
  await gateway.latencies();
  const [from, fromAt, cpuFrom] = [gateway.counters().valuesCommitted, performance.now(), cpuSeconds()];
  await sleep(forSeconds * 1000);
  const [to, toAt, cpuTo] = [gateway.counters().valuesCommitted, performance.now(), cpuSeconds()];
  const ages = [...(await gateway.latencies())].sort((a, b) => a - b);
  running = false;
  await publishers.stop();
  await everythingStored(gateway, publishers, valuesOfMessage, base, start.rows);
  await sleep(settleMs);
  const at = (share: number) => ages[Math.ceil(ages.length * share) - 1] ?? Number.NaN;
  const perMillion = (part: keyof CpuSeconds) => `${part} ${(((cpuTo[part] - cpuFrom[part]) * 1e6) / (to - from)).toFixed(2)} s`;
  const cpu = (['gateway', 'database', 'broker', 'publishers'] as const).map(perMillion).join(', ');
  return { valuesPerSecond: (to - from) / ((toAt - fromAt) / 1000), p50: at(0.5), p99: at(0.99), cpu };
}

async function everythingStored(
  gateway: GatewayProcess,
  publishers: Publishers,
  valuesOfMessage: number,
  base: number,
  rowsBefore: number,
): Promise<void> {
  const sent = publishers.sent();
  const until = performance.now() + 60_000;
  while (gateway.counters().committed - base < sent && performance.now() < until) await sleep(20);
  const { rows } = await stored(plant);
  if (rows - rowsBefore !== sent * valuesOfMessage)
    throw new Error(`${sent * valuesOfMessage} values were sent and ${rows - rowsBefore} are stored`);
}

/** Values stored so far, and what they take with their key. */
async function stored({ owner }: BenchPlant): Promise<{ rows: number; bytes: number }> {
  const { rows } = await owner.pool.query<{ rows: string; bytes: string }>(
    `select (select count(*) from telemetry.sample) as rows,
      (select coalesce(sum(pg_total_relation_size(inhrelid)), 0) from pg_inherits where inhparent = 'telemetry.sample'::regclass) as bytes`,
  );
  return { rows: Number(rows[0]?.rows), bytes: Number(rows[0]?.bytes) };
}

function report(): void {
  const ratio = ({ values_per_s }: Figures, to: number) => Number((values_per_s / to).toFixed(2));
  const best = Math.max(ceiling.one, ceiling.two);
  const all = Object.fromEntries(
    Object.entries(measured).map(([front, figures]) => [
      front,
      { ...figures, ratio_to_copy: ratio(figures, best), ratio_to_one_copy: ratio(figures, ceiling.one) },
    ]),
  );
  const copies = { copy_rows_per_s: rounded(best), one_copy_rows_per_s: rounded(ceiling.one) };
  console.table(all);
  console.log(`direct COPY: ${copies.one_copy_rows_per_s} rows/s by one connection, ${rounded(ceiling.two)} by two`);
  const { mosquitto, embedded: inside } = all;
  console.log(JSON.stringify({ bench: 'ingest', ...mosquitto, ...(inside ? { embedded: inside } : {}), ...copies }));
}

function rounded(value: number): number {
  return Math.round(value);
}
