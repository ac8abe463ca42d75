import type { Command } from 'commander';
import type { CheckResult } from '../conformance/index.js';
import { callFor } from './call.js';
import { command, group, table } from './command.js';
import { withReach } from './reach.js';

interface VerticalView {
  readonly id: string;
  readonly version: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly enabledAt: string | null;
}

const list = command(
  'list [organization]',
  'verticals of the allow-list, and which of them an organization has enabled',
  (config, _options, [organization]) =>
    withReach(config, async (reach) => {
      const items = organization
        ? ((await callFor(reach, organization, 'verticals.list', {})) as { items: readonly VerticalView[] }).items
        : reach.verticals.map(({ vertical }) => ({
            id: vertical.id,
            version: vertical.version,
            name: vertical.words.name,
            enabledAt: null,
          }));
      return {
        data: items,
        text: table(
          ['id', 'version', 'name', '名称', ...(organization ? ['enabled'] : [])],
          items.map((each) => [each.id, each.version, each.name.en, each.name.zh, ...(organization ? [each.enabledAt] : [])]),
        ),
      };
    }),
);

const enable = command(
  'enable <organization> <vertical>',
  'let an organization use a vertical',
  (config, _options, [organization = '', vertical = '']) =>
    withReach(config, async (reach) => ({
      data: await callFor(reach, organization, 'verticals.enable', { vertical }),
      text: `${organization} uses ${vertical}`,
    })),
);

const disable = command(
  'disable <organization> <vertical>',
  'end that; what it stored stays',
  (config, _options, [organization = '', vertical = '']) =>
    withReach(config, async (reach) => ({
      data: await callFor(reach, organization, 'verticals.disable', { vertical }),
      text: `${organization} uses ${vertical} no longer`,
    })),
);

const check = command(
  'check <package>',
  'whether a package, by its name or folder, is a vertical to rely on',
  async (_config, options, [source = '']) => {
    const { checkConformance } = await import('../conformance/index.js');
    const tell = ({ check: name, asks, problems, note }: CheckResult) => {
      if (options['json']) return;
      console.log(`${problems.length === 0 ? 'pass' : 'FAIL'} ${name}${note ? ` (${note})` : ''}: ${asks}`);
      for (const problem of problems) console.log(`     ${problem}`);
    };
    const found = await checkConformance(source, { onResult: tell, patienceMs: Number(options['patience']) * 1000 });
    const failed = found.results.filter(({ problems }) => problems.length > 0).length;
    const text = `${found.results.length - failed} passed, ${failed} failed`;
    return { data: found, text, failed: failed > 0 };
  },
).option('--patience <seconds>', 'how long its story may take', '180');

const start = command(
  'new <id>',
  'write a small whole vertical that passes the check, to begin from',
  async (_config, options, [id = '']) => {
    const { newVertical } = await import('../scaffold/new-vertical.js');
    const folder = String(options['folder'] ?? `vertical-${id}`);
    const files = newVertical(id, folder);
    const next = `cd ${folder} && npm install && npm run check`;
    return { data: { folder, files, next }, text: `${files.map((file) => `${folder}/${file}`).join('\n')}\n\nNext: ${next}` };
  },
).option('--folder <path>', 'where to; vertical-<id> unless given');

export const verticalCommands: Command = group('vertical', 'industry plugins', list, enable, disable, check, start);
