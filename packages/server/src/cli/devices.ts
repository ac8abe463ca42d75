import type { Command } from 'commander';
import { callFor } from './call.js';
import { command, group, table } from './command.js';
import { withReach } from './reach.js';

interface Device {
  readonly code: string;
  readonly equipment: string;
  readonly createdAt: string;
}

const create = command(
  'create <organization> <code>',
  'register a device of a piece of equipment; its token is shown once',
  (config, options, [organization = '', code = '']) =>
    withReach(config, async (reach) => {
      const made = (await callFor(reach, organization, 'equipment.devices.create', { code, equipment: options['equipment'] })) as Device & {
        readonly token: string;
      };
      return { data: made, text: `username ${organization}/${code}\npassword ${made.token}` };
    }),
).requiredOption('--equipment <id>', 'id of the equipment that it speaks for');

const list = command('list <organization>', 'devices of an organization', (config, _options, [organization = '']) =>
  withReach(config, async (reach) => {
    const { items } = (await callFor(reach, organization, 'equipment.devices.list', { limit: 100 })) as {
      readonly items: readonly Device[];
    };
    return {
      data: items,
      text: table(
        ['code', 'equipment', 'since'],
        items.map((each) => [each.code, each.equipment, each.createdAt]),
      ),
    };
  }),
);

const revoke = command(
  'revoke <organization> <code>',
  'refuse the token of a device within a second',
  (config, _options, [organization = '', device = '']) =>
    withReach(config, async (reach) => {
      const done = await callFor(reach, organization, 'equipment.devices.revoke', { device });
      return { data: done, text: `revoked ${organization}/${device}` };
    }),
);

export const deviceCommands: Command = group('device', 'devices that publish over MQTT', create, list, revoke);
