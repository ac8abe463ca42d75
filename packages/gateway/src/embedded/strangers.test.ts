import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type UnknownName, writeUnknown } from '../pipeline/unknown.js';
import { equipmentAs } from '../testing/floor-devices.js';
import { createPlant, loudLog, type Plant } from '../testing/plant.js';
import { createStrangers } from './strangers.js';

let plant: Plant;
let clock = Date.now();
const second = () => {
  clock += 1_000;
};

beforeAll(async () => {
  plant = await createPlant();
});
afterAll(() => plant?.close());
beforeEach(() => plant.sql('delete from telemetry.quarantine'));

const listed = async () =>
  (await plant.sql<{ device: string }>(`select device from telemetry.quarantine where signal = ''`)).map(({ device }) => device);

/** As many as knocked in one second, each once; then all is written. */
async function knock(names: readonly (readonly [device: string, address: string])[]): Promise<void> {
  const strangers = createStrangers({ ingest: plant.database.ingest, log: loudLog, now: () => clock });
  for (const [device, address] of names) strangers.note(`maker/${device}`, address);
  await strangers.stop();
  second();
}
const madeUp = (count: number, address: string, name = 'junk') =>
  Array.from({ length: count }, (_, n) => [`${name}-${n}`, address] as const);

async function keep(names: readonly (Pick<UnknownName, 'device' | 'origin'> & { readonly count?: number })[]): Promise<void> {
  const known = { organization: 'maker', signal: '', firstAt: clock, lastAt: clock, value: null, sample: null };
  await writeUnknown(
    plant.database.ingest.pool,
    names.map((name) => ({ ...known, count: 1, ...name })),
  );
  second();
}
const junk = (count: number, origin: string, name = 'junk', times = 1) =>
  Array.from({ length: count }, (_, n) => ({ device: `${name}-${n}`, origin, count: times }));

describe('a device that nobody registered, among made-up names', () => {
  it('is seen although another network has filled the list, knocking long and often', async () => {
    await keep(junk(200, '192.0.2.1', 'junk', 1_000));
    await keep([{ device: 'press-9', origin: '198.51.100.7' }]);
    await keep(junk(600, '192.0.2.1', 'more', 1_000));
    expect(await listed()).toHaveLength(200);
    expect(await listed()).toContain('press-9');
  });

  it('is seen although it comes from the very network', async () => {
    await keep(junk(200, '192.0.2.1', 'junk', 1_000));
    await keep([{ device: 'press-9', origin: '192.0.2.1' }]);
    expect(await listed()).toContain('press-9');
  });

  it('stays when it goes on knocking, while its network sends name after name', async () => {
    await keep(junk(200, '192.0.2.1'));
    for (let round = 1; round <= 10; round++)
      await keep([...junk(20, '192.0.2.1', `round-${round}`), { device: 'press-9', origin: '192.0.2.1' }]);
    await keep(junk(600, '192.0.2.1', 'flood'));
    expect(await listed()).toHaveLength(200);
    expect(await listed()).toContain('press-9');
  });

  it('is seen although there are more networks than places', async () => {
    await keep(Array.from({ length: 300 }, (_, n) => ({ device: `junk-${n}`, origin: `10.0.${n >> 8}.${n & 255}`, count: 9 })));
    await keep([{ device: 'press-9', origin: '198.51.100.7' }]);
    expect(await listed()).toHaveLength(200);
    expect(await listed()).toContain('press-9');
  });

  it('pushes nobody out by knocking alone, whatever address it comes from', async () => {
    const others = junk(199, '192.0.2.1', 'oven');
    await keep(others);
    for (let round = 1; round <= 5; round++) await keep([{ device: 'noisy', origin: `203.0.113.${round}`, count: 1_000_000 }]);
    expect((await listed()).sort()).toEqual(['noisy', ...others.map(({ device }) => device)].sort());
  });

  it('gives way, once it has not come for a day, to those that come', async () => {
    await keep(junk(200, '192.0.2.1', 'gone', 1_000));
    await plant.sql(`update telemetry.quarantine set first_at = first_at - interval '3 days', last_at = last_at - interval '2 days'`);
    await keep(junk(200, '192.0.2.1', 'new'));
    expect((await listed()).filter((device) => device.startsWith('new'))).toHaveLength(200);
  });

  it('shows from where it knocked', async () => {
    await knock([
      ['press-9', '::ffff:198.51.100.7'],
      ['press-8', '2001:db8::1'],
    ]);
    const { items } = await equipmentAs(plant).quarantine.list({});
    expect(new Map(items.map(({ device, from }) => [device, from]))).toEqual(
      new Map([
        ['press-9', '198.51.100.7'],
        ['press-8', '2001:db8:0:0::/64'],
      ]),
    );
  });
});

describe('what is noted until the next writing', () => {
  it('is twenty names of one network, so that a flood costs the database little', async () => {
    await knock(madeUp(5_000, '192.0.2.1'));
    expect(await listed()).toHaveLength(20);
  });

  it('has a place for a newcomer although a hundred networks send names without end', async () => {
    const flood = Array.from({ length: 100 }, (_, n) => madeUp(50, `192.0.2.${n}`, `junk-${n}`)).flat();
    await knock([...flood, ['press-9', '198.51.100.7'], ['press-8', '198.51.100.7']]);
    expect(await listed()).toEqual(expect.arrayContaining(['press-9', 'press-8']));
    expect(await listed()).toHaveLength(200);
  });

  it('is written once of a name that came from two networks', async () => {
    await knock([
      ['press-9', '192.0.2.1'],
      ['press-9', '192.0.2.2'],
      ['press-9', '192.0.2.1'],
    ]);
    const rows = await plant.sql('select device, count::int, origin from telemetry.quarantine');
    expect(rows).toEqual([{ device: 'press-9', count: 3, origin: '192.0.2.1' }]);
  });
});
