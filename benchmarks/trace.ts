import { type Connection, closeDatabase, connect, inScope, openDatabase, type Scope } from '@yunfab/core/database';
import { reach, trace } from '@yunfab/core/lifecycle';
import { makeCompany } from './api/companies.js';
import { startPlatform } from './api/platform.js';
import { makeWorld } from './trace/world.js';

/**
 * One raw lot to everything that was made of it (≥ 65,000 units: how many there are, and the first 1000 by name) and one finished
 * unit back to all that is in it, through row-level security, against the same statements by the owner of the tables without it,
 * in turns in one process. `BENCH_UNITS_PER_LOT` makes the world larger: 350 by default.
 */

const unitsPerLot = Number(process.env['BENCH_UNITS_PER_LOT'] ?? 350);
const recalls = Number(process.env['BENCH_RECALLS'] ?? 15);

const platform = await startPlatform();
const owner = connect(platform.urls.owner ?? '', { max: 1 });
const [maker, other, partner] = [
  await makeCompany(owner, 'bench-maker'),
  await makeCompany(owner, 'bench-other'),
  await makeCompany(owner, 'bench-partner'),
];
const world = await makeWorld(owner, [maker, other], partner, unitsPerLot);
// Only the owner is spared by this: whoever reads as runtime stays under the policies.
for (const table of ['record', 'lot', 'unit', 'activity', 'activity_thing', 'genealogy'])
  await owner.pool.query(`alter table core.${table} no force row level security`);
const database = openDatabase(platform.urls);

const actor = { kind: 'system', id: 'bench', label: 'bench' } as const;
const timed = async (connection: Connection, work: (scope: Scope) => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await inScope(connection, { organization: maker, actor, now: new Date(), readOnly: true }, work);
  return performance.now() - began;
};
let units = 0;
const forward = async (scope: Scope) => {
  units = (await reach(scope, { thing: world.rawLot, direction: 'forward', limit: 1000 })).total;
};
const times = { forward: { rls: [] as number[], bare: [] as number[] }, backward: { rls: [] as number[], bare: [] as number[] } };
for (const connection of [database.runtime, owner]) await timed(connection, forward);
for (let round = 0; round < recalls; round++) {
  times.forward.rls.push(await timed(database.runtime, forward));
  times.forward.bare.push(await timed(owner, forward));
}
for (const thing of world.finished) {
  const backward = async (scope: Scope) => {
    const { nodes, cut } = await trace(scope, { thing, direction: 'backward', limit: 500 });
    if (cut.backward?.shown !== cut.backward?.reached || nodes.length < 8) throw new Error(`a trace of ${nodes.length} is no trace`);
  };
  times.backward.rls.push(await timed(database.runtime, backward));
  times.backward.bare.push(await timed(owner, backward));
}
await closeDatabase(database);
await owner.close();
await platform.stop();
report();

function report(): void {
  const at = (values: readonly number[], share: number) =>
    [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;
  const rows = (['forward', 'backward'] as const).map((what) => {
    const { rls, bare } = times[what];
    const [median, bareMedian] = [at(rls, 0.5), at(bare, 0.5)];
    return {
      what,
      p50_ms: round(median),
      p95_ms: round(at(rls, 0.95)),
      bare_p50_ms: round(bareMedian),
      bare_p95_ms: round(at(bare, 0.95)),
      ratio: Number((median / bareMedian).toFixed(2)),
    };
  });
  console.table(rows);
  const [ahead, back] = rows as [(typeof rows)[0], (typeof rows)[0]];
  console.log(
    JSON.stringify({
      bench: 'trace',
      things: world.things,
      edges: world.edges,
      forward_things: units,
      forward_p95_ms: ahead.p95_ms,
      forward_ratio: ahead.ratio,
      backward_p95_ms: back.p95_ms,
      backward_ratio: back.ratio,
    }),
  );
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
