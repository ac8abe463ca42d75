import { readFileSync } from 'node:fs';
import { verifyFeed } from '@yunfab/core/events';
import type { Command } from 'commander';
import { readCheckpoint, writeCheckpoint } from './checkpoint.js';
import { command, group, table } from './command.js';
import { withReach } from './reach.js';

const verify = command('verify', "recompute every organization's hash chain and name the first bad entry", (config, options) =>
  withReach(config, async ({ owner, database }) => {
    const file = options['checkpoint'] as string | undefined;
    const checkpoints = file ? readCheckpoint(readFileSync(file, 'utf8')) : [];
    const result = await verifyFeed(database.system, undefined, checkpoints);
    const { rows } = await owner.pool.query<{ id: string; code: string }>('select id, code from core.organization_registry');
    const codes = new Map(rows.map(({ id, code }) => [id, code]));
    const bad = result.bad.map((each) => ({ ...each, code: codes.get(each.organization) ?? each.organization }));
    const good = `${result.entries} entries of ${result.organizations} organizations in ${result.blocks} blocks verify`;
    return {
      data: { ...result, bad },
      text:
        bad.length === 0
          ? good
          : table(
              ['organization', 'entry', 'what'],
              bad.map((each) => [each.code, each.seq, each.message]),
            ),
      failed: bad.length > 0,
    };
  }),
).option('--checkpoint <file>', 'a checkpoint kept elsewhere: names what was cut off at the end too');

const checkpoint = command(
  'checkpoint',
  'sign the present ends of all chains, to be kept where the owner of the database cannot reach',
  (config) =>
    withReach(config, async ({ database }) => {
      const signed = await writeCheckpoint(database.system, config.dataDir);
      return { data: signed, text: JSON.stringify(signed, null, 2) };
    }),
);

export const auditCommands: Command = group('audit', 'the hash chains over what happened', verify, checkpoint);
