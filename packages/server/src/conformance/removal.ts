import { createCore } from '@yunfab/core';
import { purgeVertical } from '@yunfab/core/verticals';
import type { Check } from './check.js';
import { proceduresOf, refusal } from './permissions.js';
import { ownTables } from './row-security.js';
import type { World } from './world.js';

/** What of core an organization reads, as text to compare. */
type Reading = ReadonlyMap<string, string>;

/** The last check: it takes the vertical out of the world. */
export const removal: Check<World> = {
  name: 'disable, enable, purge',
  asks: 'Without it, orders, lots and runs stay readable as they were; enabled again it has its rows; purge hands every row out before it is gone.',
  async run(world) {
    const { vertical, owner, call } = world;
    const organizations = [...new Set((vertical.story?.organizations ?? []).map(({ code }) => code))];
    const problems: string[] = [];
    const records = await recordsOf(world, organizations);
    const before = await readAll(world, records);
    for (const code of organizations) await call(code, 'verticals.disable', { vertical: vertical.id });
    const [first] = organizations;
    if (first)
      for (const { name } of proceduresOf(world, vertical)) {
        const code = await refusal(call(first, name, {}));
        if (code === null) problems.push(`${name} still answers an organization that has disabled the vertical.`);
      }
    problems.push(...differences('disabled', before, await readAll(world, records)));
    for (const code of organizations) await call(code, 'verticals.enable', { vertical: vertical.id });
    problems.push(...differences('enabled again', before, await readAll(world, records)));

    const rows = (await ownTables(owner, vertical)).reduce(
      (sum, table) => sum + [...table.rows.values()].reduce((n, each) => n + each, 0),
      0,
    );
    let saved = 0;
    const count = await purgeVertical(owner, vertical.id, async (lines) => {
      saved = 0;
      for await (const line of lines) {
        JSON.parse(line);
        saved++;
      }
    });
    if (saved !== rows || count !== rows) problems.push(`Purge handed out ${saved} of ${rows} rows.`);
    problems.push(...differences('purged', before, await readAll(withoutVertical(world), records)));
    return { problems, note: `${before.size} records read, ${rows} rows handed out` };
  },
};

interface Listed {
  readonly items: readonly { readonly id: string }[];
}

interface ReadRecord {
  readonly organization: string;
  readonly procedure: string;
  readonly input: object;
  readonly name: string;
}

/** The newest orders, lots and runs of each organization. */
async function recordsOf({ call }: World, organizations: readonly string[]): Promise<ReadRecord[]> {
  const records: ReadRecord[] = [];
  for (const organization of organizations) {
    for (const [list, procedure, kind] of [
      ['orders.list', 'orders.get', 'order'],
      ['lifecycle.lots.list', 'lifecycle.lots.get', 'lot'],
      ['production.runs.list', 'production.runs.get', 'run'],
    ] as const) {
      const { items } = (await call(organization, list, { limit: 20 })) as Listed;
      for (const { id } of items)
        records.push({ organization, procedure, input: { [kind]: id }, name: `${kind} ${id} of ${organization}` });
    }
  }
  return records;
}

async function readAll({ call }: Pick<World, 'call'>, records: readonly ReadRecord[]): Promise<Reading> {
  const reading = new Map<string, string>();
  for (const { organization, procedure, input, name } of records) {
    const read = call(organization, procedure, input).then(essence, (error: unknown) => `refused: ${String(error)}`);
    reading.set(name, await read);
  }
  return reading;
}

/** What does not go on changing while machines run. */
const moving = new Set([
  'progress',
  'version',
  'samples',
  'evaluation',
  'earlier',
  'moves',
  'waitingFor',
  'quantity',
  'changedAt',
  'verdict',
  'verdictWords',
  'state',
  'stateWords',
  'endedAt',
  'lot',
]);

const essence = (record: unknown): string => JSON.stringify(record, (key, value: unknown) => (moving.has(key) ? undefined : value));

function differences(when: string, before: Reading, after: Reading): string[] {
  return [...before].flatMap(([record, text]) =>
    after.get(record) === text ? [] : [`${record} reads differently when the vertical is ${when}: ${after.get(record)?.slice(0, 200)}`],
  );
}

/** The same database as a platform reads it whose operator has taken the vertical from the allow-list. */
function withoutVertical(world: World): Pick<World, 'call'> {
  const platform = { ...world.platform, core: createCore({ verticals: [] }) };
  return { call: (organization, procedure, input) => world.callOn(platform, organization, procedure, input) };
}
