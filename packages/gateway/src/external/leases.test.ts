import { afterAll, beforeAll, expect, it } from 'vitest';
import { startOutage } from '../testing/outage.js';
import { createPlant, eventually, type Plant } from '../testing/plant.js';
import { createLeases } from './leases.js';

let plant: Plant;
beforeAll(async () => {
  plant = await createPlant();
});
afterAll(() => plant?.close());

it('a name that could not be left while the database was away becomes free by silence, for its own process too', {
  timeout: 60_000,
}, async () => {
  const leases = createLeases({ ingest: plant.database.ingest, broker: 'broker.test', patienceMs: 200 });
  expect(await leases.take('yunfab-1')).toBe(true);
  expect(await leases.take('yunfab-2')).toBe(true);
  const outage = await startOutage(plant);
  await expect(leases.leave('yunfab-2')).rejects.toThrow();
  await outage.end();
  const read = async () => {
    await leases.beat();
    return new Map((await leases.read()).map((lease) => [lease.name, lease]));
  };
  const left = await eventually('the name that was left is silent', async () => {
    const lease = (await read()).get('yunfab-2');
    return lease && leases.isSilent(lease) ? lease : undefined;
  });
  const kept = (await read()).get('yunfab-1');
  expect(kept && leases.isSilent(kept)).toBe(false);
  expect(await leases.take('yunfab-2', left)).toBe(true);
  const taken = (await read()).get('yunfab-2');
  expect(taken && leases.isSilent(taken)).toBe(false);
});
