import { asOperator, createApiKey, listApiKeys, organizationIdOf, revokeApiKey } from '@yunfab/core/access';
import type { Command } from 'commander';
import { command, group, table } from './command.js';
import { withReach } from './reach.js';

const create = command('create <organization>', 'make an API key; its token is shown once', (config, options, [code = '']) =>
  withReach(config, async ({ owner, core }) => {
    const { name = 'key', scopes = '*', expires } = options as Record<string, string>;
    const organization = await organizationIdOf(owner, code);
    const input = { name, scopes: scopes.split(',').map((scope) => scope.trim()), expiresAt: expires ? new Date(expires) : null };
    const { token, ...key } = await asOperator(owner, organization, new Date(), (scope) => createApiKey(scope, core.permissions, input));
    return { data: { ...key, token }, text: token };
  }),
)
  .requiredOption('--name <name>', 'what it is for')
  .option('--scopes <scopes>', 'permissions joined by commas: orders.read,orders.* or *', '*')
  .option('--expires <instant>', 'ISO 8601 instant after which it is refused');

const list = command('list <organization>', 'API keys of an organization, without their tokens', (config, _options, [code = '']) =>
  withReach(config, async ({ owner }) => {
    const organization = await organizationIdOf(owner, code);
    const { items } = await asOperator(owner, organization, new Date(), (scope) => listApiKeys(scope, { limit: 100 }));
    const rows = items.map((key) => [
      key.id,
      key.name,
      key.prefix,
      key.scopes.join(','),
      key.expiresAt?.toISOString() ?? null,
      key.lastUsedAt?.toISOString() ?? null,
      key.revokedAt ? 'revoked' : 'live',
    ]);
    return { data: items, text: table(['id', 'name', 'prefix', 'scopes', 'expires', 'last used', 'state'], rows) };
  }),
);

const revoke = command(
  'revoke <organization> <id>',
  'refuse a key within a second, on open connections too',
  (config, _options, [code = '', id = '']) =>
    withReach(config, async ({ owner }) => {
      const organization = await organizationIdOf(owner, code);
      const key = await asOperator(owner, organization, new Date(), (scope) => revokeApiKey(scope, id));
      return { data: key, text: `revoked ${key.name} (${key.prefix})` };
    }),
);

export const keyCommands: Command = group('key', 'API keys of programs', create, list, revoke);
