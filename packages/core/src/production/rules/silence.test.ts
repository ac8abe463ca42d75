import { describe, expect, it } from 'vitest';
import { silenceGraceMs } from './deriving.js';
import {
  asSent,
  bounds,
  derived,
  drain,
  floor,
  later,
  levels,
  named,
  now,
  onHeatFloor,
  own,
  rule,
  store,
  supplier,
  times,
} from './heat.fixture.js';

onHeatFloor();

describe('runs by a rule, where nothing comes any more,', () => {
  it('end with the last sample once nothing has come for too long, are judged, and go on where samples come after all', async () => {
    const equipment = await floor.machine(supplier);
    await own().runRules.set({ equipment, ...named, ...asSent(rule) });
    const at = later(60_000).getTime();
    await store(equipment, levels(at, times(30, 150)));
    later(30_000);
    await drain();
    const [{ id: run } = { id: '' }] = (await own().runs.list({ equipment })).items;
    later(600_000);
    await drain();
    expect(await own().runs.get({ run })).toMatchObject({ state: 'running', endedBySilence: false });
    later(silenceGraceMs + 1);
    await drain();
    const end = new Date(at + 29_000).toISOString();
    expect(await own().runs.get({ run })).toMatchObject({
      state: 'evaluated',
      endedAt: end,
      endedBySilence: true,
      evaluation: { cause: 'ended', evidence: { samples: 30 } },
      earlierBounds: [],
    });
    const preview = { equipment, ...asSent(rule), from: new Date(at).toISOString(), to: new Date(at + 3_600_000).toISOString() };
    expect((await own().runRules.preview(preview)).runs).toMatchObject([{ endedAt: end, endedBySilence: true }]);

    // What comes late and lies before the end does not begin the silence anew.
    await store(equipment, [{ ts: at + 500, value: 150 }]);
    later(5_000);
    await drain();
    expect(await own().runs.get({ run })).toMatchObject({ endedAt: end, evaluation: { cause: 'late_data' }, earlierBounds: [] });

    await store(equipment, levels(at + 30_000, [...times(10, 150), ...times(5, 20)]));
    later(1_000);
    await drain();
    const gone = new Date(at + 40_000).toISOString();
    expect(await own().runs.get({ run })).toMatchObject({
      state: 'running',
      endedBySilence: false,
      earlierBounds: [{ endedAt: end, endedBySilence: true }],
    });
    later(600_000 + silenceGraceMs + 1);
    await drain();
    expect(await own().runs.get({ run })).toMatchObject({ endedAt: gone, endedBySilence: true });
    const judged = (await own().runs.get({ run })).evaluation;

    await store(equipment, levels(at + 45_000, times(10, 20)));
    later(1_000);
    await drain();
    const settled = await own().runs.get({ run });
    expect(settled).toMatchObject({ endedAt: gone, endedBySilence: false, evaluation: judged });
    expect(settled.earlierBounds).toHaveLength(1);
  });

  it('that late samples begin before a silence that was found already end by it', async () => {
    const equipment = await floor.machine(supplier);
    await own().runRules.set({ equipment, ...named, ...asSent(rule) });
    const at = later(60_000).getTime();
    await store(equipment, levels(at + 20_000, times(3, 75)));
    later(30_000);
    await drain();
    later(600_000 + silenceGraceMs + 1);
    await drain();
    expect(await derived(equipment)).toEqual([]);
    await store(equipment, levels(at, times(10, 150)));
    later(1_000);
    await drain();
    expect(await derived(equipment)).toEqual([{ startedAt: at, endedAt: at + 22_000, program: null, endedBySilence: true }]);
  });

  it('of a device whose clock is slow, or that sends what it kept, do not end while it is sending', async () => {
    const equipment = await floor.machine(supplier);
    await own().runRules.set({ equipment, ...named, ...asSent(rule), since: new Date(now.getTime() - 3_600_000).toISOString() });
    const at = now.getTime() - 3_600_000;
    for (let n = 0; n < 8; n++) {
      await store(equipment, levels(at + n * 300_000, times(10, 150), 30_000));
      later(300_000);
      await drain();
      expect((await own().runs.list({ equipment })).items).toMatchObject([{ state: 'running' }]);
    }
    later(600_000 + silenceGraceMs + 1);
    await drain();
    expect(await bounds(equipment)).toEqual([[at, at + 7 * 300_000 + 9 * 30_000]]);
  });

  it('without a limit of silence go on until something ends them', async () => {
    const equipment = await floor.machine(supplier);
    await own().runRules.set({ equipment, ...named, ...asSent({ ...rule, silenceMs: null }) });
    const at = now.getTime();
    await store(equipment, levels(at, times(10, 150)));
    later(20 * 3_600_000);
    await drain();
    expect(await bounds(equipment)).toEqual([[at, null]]);
    await store(equipment, levels(now.getTime() - 60_000, times(11, 20)));
    await drain();
    expect(await bounds(equipment)).toEqual([[at, now.getTime() - 60_000]]);
  });
});
