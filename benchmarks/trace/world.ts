import type { Connection, OrganizationId } from '@yunfab/core/database';

/**
 * Raw lots of sixteen go through four levels of material into lots of modules; every module unit goes into one finished unit of a
 * lot of its own, seven steps from the raw lot. Each lot of a level takes from two neighbours above it, so that many ways lead to
 * the same thing. The other company has as much, which nobody else sees.
 */
export interface World {
  readonly things: number;
  readonly edges: number;
  /** A raw lot of the first company. */
  readonly rawLot: string;
  /** Finished units of it. */
  readonly finished: readonly string[];
}

const rawLots = 16;
const levels = 5;

export async function makeWorld(
  owner: Connection,
  companies: readonly [OrganizationId, OrganizationId],
  partner: OrganizationId,
  unitsPerLot: number,
): Promise<World> {
  const tables = ['record', 'unit', 'genealogy', 'activity'];
  const eachTable = (statement: (table: string) => string) => tables.map((table) => statement(`core.${table}`)).join(';');
  // The rows are written as the triggers would have left them: with the copy of who sees them.
  await owner.pool.query(eachTable((table) => `alter table ${table} disable trigger user`));
  for (const [index, company] of companies.entries())
    await fill(owner, company, index === 0 ? partner : company, String(index + 1), unitsPerLot);
  await owner.pool.query(eachTable((table) => `alter table ${table} enable trigger user`));
  await owner.pool.query('analyze core.record, core.lot, core.unit, core.genealogy');
  const number = async (query: string) => Number((await owner.pool.query<{ n: string }>(query)).rows[0]?.n);
  const { rows: finished } = await owner.pool.query<{ id: string }>(
    `select id from core.unit where organization = $1 and item_code = 'finished' order by md5(id::text) limit 400`,
    [companies[0]],
  );
  const { rows: raw } = await owner.pool.query<{ id: string }>('select id from core.lot where organization = $1 and code = $2', [
    companies[0],
    '0-8',
  ]);
  return {
    things: (await number('select count(*) as n from core.lot')) + (await number('select count(*) as n from core.unit')),
    edges: await number('select count(*) as n from core.genealogy'),
    rawLot: raw[0]?.id ?? '',
    finished: finished.map(({ id }) => id),
  };
}

/** Ids in the order of time, as those of UUIDv7 are. */
const idOf = (company: string, kind: string, n: string) => `(rpad('019${company}${kind}', 8, '0') || lpad(to_hex(${n}), 24, '0'))::uuid`;

async function fill(owner: Connection, company: OrganizationId, seenBy: OrganizationId, tag: string, unitsPerLot: number): Promise<void> {
  const readers = `array['${company}', '${seenBy}']::uuid[]`;
  const run = (statement: string) => owner.pool.query(statement);
  const record = (kind: string, from: string) =>
    run(`insert into core.record (id, kind, created_by, visible_to) select id, '${kind}', '${company}', ${readers} from ${from}`);
  // Levels 0 to 5 are material and module lots, each twice as many as the one before; level 6 the finished lots, one for each module lot.
  const lots = `(select l as level, i, ${idOf(tag, '1', '(l * 100000 + i)')} as id
    from generate_series(0, ${levels + 1}) as l, generate_series(0, (${rawLots} << least(l, ${levels})) - 1) as i) as lots`;
  const units = (kind: string) => `(select i, u, ${idOf(tag, kind, `(i * 100000 + u)`)} as id
    from generate_series(0, ${rawLots * 2 ** levels - 1}) as i, generate_series(0, ${unitsPerLot - 1}) as u) as units`;
  await record('lot', lots);
  await run(`insert into core.lot (id, organization, code, state, unit, quantity, created_at)
    select id, '${company}', level || '-' || i, 'released', 'H87', 100000, now() from ${lots}`);
  for (const [kind, name, level] of [
    ['2', 'module', levels],
    ['3', 'finished', levels + 1],
  ] as const) {
    await record('unit', units(kind));
    await run(`insert into core.unit (id, organization, serial, item_code, lot_id, holder, state, created_at, changed_at, visible_to)
      select id, '${company}', i || '-' || u, '${name}', ${idOf(tag, '1', `(${level} * 100000 + i)`)}, '${company}', 'released', now(), now(), ${readers}
      from ${units(kind)}`);
  }
  await run(
    `insert into core.record (id, kind, created_by, visible_to) values ('${activityOf(tag)}', 'activity', '${company}', ${readers})`,
  );
  await run(`insert into core.activity (id, organization, kind, at, recorded_by, recorded_at, visible_to)
    values ('${activityOf(tag)}', '${company}', 'made', now(), 'bench', now(), ${readers})`);
  const edges = (select: string) =>
    run(`insert into core.genealogy (id, organization, guard_id, input_id, output_id, activity_id, kind, quantity, unit, valid_from, visible_to)
      select gen_random_uuid(), '${company}', ${select}`);
  const tail = `1, 'H87', now(), ${readers}`;
  const lot = (level: string, i: string) => idOf(tag, '1', `(${level} * 100000 + ${i})`);
  const made = `'${activityOf(tag)}'::uuid`;
  await edges(`${made}, ${lot('(level - 1)', `((i / 2 + side) % (${rawLots} << (level - 1)))`)}, id, ${made}, 'made', ${tail}
    from (select level::int as level, i::int as i, id from ${lots}) as lots, generate_series(0, 1) as side where level between 1 and ${levels}`);
  for (const [kind, level] of [
    ['2', levels],
    ['3', levels + 1],
  ] as const)
    await edges(`id, ${lot(String(level), 'i')}, id, null, 'member', ${tail} from ${units(kind)}`);
  await edges(`${made}, ${idOf(tag, '2', '(i * 100000 + u)')}, id, ${made}, 'assembled', ${tail} from ${units('3')}`);
}

const activityOf = (tag: string): string => `019${tag}9000-0000-7000-8000-000000000000`;
