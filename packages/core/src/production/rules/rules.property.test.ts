import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inScope } from '../../database/index.js';
import { orderProgress } from '../../orders/index.js';
import { deriveRuns, lastMinute, silenceGraceMs } from './deriving.js';
import {
  asSent,
  bounds,
  db,
  derived,
  evaluators,
  floor,
  later,
  named,
  now,
  onHeatFloor,
  own,
  rule,
  type Sample,
  setNow,
  store,
  supplier,
} from './heat.fixture.js';
import { rulesToDerive } from './rule-repository.js';
import { endedBySilence, type RuleDefinition, step, underWay, untouched, type WalkedRun } from './walk.js';

onHeatFloor();

it('whatever the order in which samples come, however late, and wherever it dies, runs are what a walk over all samples gives', async () => {
  // Silent only for long, so that what is under way is carried over hours and their checkpoints.
  const patient: RuleDefinition = { ...rule, silenceMs: 4 * 3_600_000 };
  const walked = (samples: readonly Sample[], silentSince: number): WalkedRun[] => {
    const runs: WalkedRun[] = [];
    let state = untouched;
    for (const { ts, value } of [...samples].sort((a, b) => a.ts - b.ts)) {
      const { state: next, closed } = step(patient, state, { ts, values: { temperature: value } });
      if (closed) runs.push(closed);
      state = next;
    }
    const open = (state.at ?? 0) <= silentSince ? endedBySilence(patient, state) : underWay(patient, state);
    return open ? [...runs, open] : runs;
  };
  const ports = { evaluators, progress: orderProgress };
  const scoped = (work: Parameters<typeof inScope<boolean>>[2]) =>
    inScope(db.database.runtime, { organization: supplier.id, actor: { kind: 'system', id: 'test', label: 'test' }, now }, work);
  const boom = new Error('died before its commit');
  let compared = 0;

  await fc.assert(
    fc.asyncProperty(
      // Few levels and steps of some seconds to most of an hour: holds, and hours with checkpoints to fall back upon.
      fc.array(
        fc.record({ gap: fc.constantFrom(1, 2_000, 4_000, 30_000, 700_000, 1_800_000, 3_000_000), value: fc.constantFrom(20, 75, 150) }),
        {
          minLength: 1,
          maxLength: 40,
        },
      ),
      fc.infiniteStream(fc.nat()),
      fc.array(
        fc.record({
          size: fc.integer({ min: 1, max: 12 }),
          next: fc.constantFrom('nothing', 'derive', 'die', 'derive a little', 'fall silent'),
        }),
        {
          minLength: 1,
          maxLength: 8,
        },
      ),
      async (steps, dice, batches) => {
        const equipment = await floor.machine(supplier);
        const since = now.getTime();
        const { id } = await own().runRules.set({ equipment, ...named, ...asSent(patient) });
        let ts = since;
        const samples = steps.map(({ gap, value }) => ({ ts: (ts += gap), value }));
        for (let day = since; day < ts + 86_400_000; day += 86_400_000)
          await db.owner.pool.query("select telemetry.ensure_day('sample', $1::date)", [new Date(day)]);
        setNow(new Date(Math.max(now.getTime(), ts)));
        const waiting = [...samples];
        const arrived: Sample[] = [];
        /** The last sample that was there when all signals had been found silent. */
        let silentSince = 0;
        const all = { size: samples.length, next: 'fall silent' };
        for (const { size, next } of [...batches, all]) {
          const batch: Sample[] = [];
          while (batch.length < size && waiting.length > 0)
            batch.push(...waiting.splice((dice.next().value as number) % waiting.length, 1));
          if (batch.length > 0) await store(equipment, batch);
          arrived.push(...batch);
          if (next === 'die')
            await scoped(async (scope) => {
              await deriveRuns(scope, id, ports);
              throw boom;
            }).catch((error: unknown) => expect(error).toBe(boom));
          if (next === 'derive a little') await scoped((scope) => deriveRuns(scope, id, ports, 3));
          if (next !== 'derive' && next !== 'fall silent') continue;
          while (await scoped((scope) => deriveRuns(scope, id, ports, 5)));
          if (next === 'fall silent') {
            later((patient.silenceMs ?? 0) + silenceGraceMs + 1);
            while (await scoped((scope) => deriveRuns(scope, id, ports, 5)));
            silentSince = Math.max(0, ...arrived.map((sample) => sample.ts));
          }
          compared += 1;
          expect(await derived(equipment)).toEqual(walked(arrived, silentSince));
        }
        expect((await bounds(equipment)).filter(([, endedAt]) => endedAt === null)).toEqual([]);
        const waitingRules = await rulesToDerive(db.database.system, { upTo: lastMinute(now), now });
        expect(waitingRules.map((each) => each.rule)).not.toContain(id);
      },
    ),
    { numRuns: 25 },
  );
  expect(compared).toBeGreaterThan(25);
});
