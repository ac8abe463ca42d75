import { correctUsage, countUsage } from '@yunfab/core/metering';
import type { Command } from 'commander';
import { command, group, table } from './command.js';
import { withReach } from './reach.js';

const count = command('count', 'count the days that are over now instead of within the hour; again changes nothing', (config) =>
  withReach(config, async ({ database }) => {
    const counted = await countUsage(database.system, new Date());
    const closed = counted.closed.map(({ month, organizations }) => `${month} closed for ${organizations} organizations`);
    return { data: counted, text: [`counted ${counted.days.length} days`, ...closed].join('\n') };
  }),
);

interface Line {
  readonly code: string;
  readonly metric: string;
  readonly key: string;
  readonly value: string;
  readonly correction: boolean;
}

const show = command('show <month>', 'what each organization used in a closed month, such as 2026-10', (config, _options, [month = '']) =>
  withReach(config, async ({ owner }) => {
    const { rows } = await owner.pool.query<Line>(
      `select o.code, l.metric, l.key, trim_scale(l.value)::text as value, l.correction
       from core.usage_line l join core.organization_registry o on o.id = l.organization
       where to_char(l.month, 'YYYY-MM') = $1 order by o.code, l.position`,
      [month],
    );
    return {
      data: rows,
      text: table(
        ['organization', 'what', 'of', 'value', ''],
        rows.map((row) => [row.code, row.metric, row.key, row.value, row.correction ? 'correction' : '']),
      ),
    };
  }),
);

const correct = command(
  'correct <month>',
  'write what the rows of a closed month say now and its lines do not, as further lines',
  (config, options, [month = '']) =>
    withReach(config, async ({ owner }) => {
      const lines = await correctUsage(owner, month, String(options['reason']), new Date());
      return { data: { month, lines }, text: `wrote ${lines} corrections to ${month}` };
    }),
).requiredOption('--reason <text>', 'why, for the organizations to read');

export const meteringCommands: Command = group('metering', 'use of the platform per organization and month', count, show, correct);
