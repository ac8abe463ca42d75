import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Check } from './check.js';
import { proceduresOf, refusal } from './permissions.js';
import type { World } from './world.js';

const mostRecords = 25;

/** Whether a procedure that takes an id tells a stranger that something of the id exists. */
export const hidden: Check<World> = {
  name: 'hidden and absent',
  asks: 'A procedure that is asked for a record the organization may not see answers as if there were none.',
  async run(world) {
    const { vertical, call, stranger } = world;
    const ids = await idsOf(world);
    const problems: string[] = [];
    let asked = 0;
    for (const { name, input } of proceduresOf(world, vertical)) {
      const sample = sampleOf(input);
      if (!sample) continue;
      const answer = async (id: string) => {
        let reply: unknown = null;
        const code = await refusal(call(stranger, name, sample(id)).then((given) => (reply = given)));
        return JSON.stringify({ code, reply }).replaceAll(id, 'the id');
      };
      const absent = await answer(randomUUID());
      if (absent.includes('"BAD_REQUEST"')) continue;
      asked++;
      for (const { id, kind } of ids) {
        const given = await answer(id);
        if (given === absent) continue;
        problems.push(
          `${name} answers ${given.slice(0, 120)} for a hidden ${kind}, and ${absent.slice(0, 120)} for one that does not exist.`,
        );
        break;
      }
    }
    return { problems, note: `${asked} procedures, ${ids.length} records` };
  },
};

async function idsOf({ owner }: World): Promise<{ readonly id: string; readonly kind: string }[]> {
  const { rows } = await owner.pool.query<{ id: string; kind: string }>(
    `(select distinct on (kind, n) id, kind from (select id, kind, row_number() over (partition by kind order by created_at desc) as n from core.record) r where n <= 4)
     union all (select id, 'process run' from core.process_run order by seen_at desc limit 4) limit ${mostRecords}`,
  );
  return rows;
}

interface JsonSchema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

/** An input with the id wherever an id belongs; null for a procedure that takes none. What it cannot make is refused as bad input, alike for every id. */
function sampleOf(input: z.ZodType | undefined): ((id: string) => object) | null {
  if (!input) return null;
  const { properties = {}, required = [] } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  if (!Object.values(properties).some(({ format }) => format === 'uuid')) return null;
  return (id) =>
    Object.fromEntries(
      Object.entries(properties)
        .filter(([name, { format }]) => required.includes(name) || format === 'uuid')
        .map(([name, schema]) => [name, valueOf(schema, id)]),
    );
}

function valueOf({ type, format, enum: choices, const: only, minimum }: JsonSchema, id: string): unknown {
  if (format === 'uuid') return id;
  if (only !== undefined) return only;
  if (choices) return choices[0];
  if (format === 'date') return '2026-01-01';
  if (format === 'date-time') return '2026-01-01T00:00:00Z';
  if (type === 'integer' || type === 'number') return minimum ?? 1;
  if (type === 'boolean') return true;
  if (type === 'array') return [];
  return type === 'object' ? {} : 'x';
}
