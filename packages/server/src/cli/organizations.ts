import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import {
  addMember,
  asOperator,
  createOrganization,
  type IdentifierScheme,
  type MemberRole,
  organizationIdOf,
  platformOperator,
  registerPerson,
  resumeOrganization,
  setOperator,
  suspendOrganization,
} from '@yunfab/core/access';
import type { Command } from 'commander';
import { command, group, table } from './command.js';
import { withReach } from './reach.js';

interface OrganizationRow {
  readonly code: string;
  readonly nameEn: string;
  readonly nameZh: string;
  readonly country: string;
  readonly identifier: string;
  readonly state: string;
}

const create = command('create <code>', 'register an organization under its real name', (config, options, [code = '']) =>
  withReach(config, async ({ owner }) => {
    const { nameEn, nameZh, country, scheme, identifier, timeZone } = options as Record<string, string>;
    const id = await createOrganization(
      owner,
      {
        code,
        name: { en: nameEn ?? nameZh ?? '', zh: nameZh ?? nameEn ?? '' },
        identifier: { scheme: (scheme ?? 'uscc') as IdentifierScheme, country: country ?? 'CN', value: identifier ?? '' },
        timeZone: timeZone ?? 'Asia/Shanghai',
      },
      new Date(),
    );
    return { data: { id, code }, text: `registered ${code}` };
  }),
)
  .requiredOption('--name-zh <name>', 'registered name in Chinese')
  .option('--name-en <name>', 'name in English')
  .option('--country <code>', 'ISO 3166-1 alpha-2', 'CN')
  .option('--scheme <scheme>', 'uscc (unified social credit code), lei or national', 'uscc')
  .requiredOption('--identifier <value>', 'the code or number in that register')
  .option('--time-zone <name>', 'IANA name', 'Asia/Shanghai');

const list = command('list', 'organizations of this platform', (config) =>
  withReach(config, async ({ owner }) => {
    const { rows } = await owner.pool.query<OrganizationRow>(
      'select code, name_en as "nameEn", name_zh as "nameZh", country, identifier, state from core.organization_registry order by code',
    );
    return {
      data: rows,
      text: table(
        ['code', 'name', '名称', 'country', 'identifier', 'state'],
        rows.map((row) => [row.code, row.nameEn, row.nameZh, row.country, row.identifier, row.state]),
      ),
    };
  }),
);

const suspend = command(
  'suspend <code>',
  'refuse its people, keys and devices from now on; its records stay',
  (config, _options, [code = '']) =>
    withReach(config, async ({ owner }) => {
      await suspendOrganization(owner, code, new Date());
      return { data: { code, state: 'suspended' }, text: `suspended ${code}` };
    }),
);

const resume = command('resume <code>', 'let a suspended organization in again', (config, _options, [code = '']) =>
  withReach(config, async ({ owner }) => {
    await resumeOrganization(owner, code, new Date());
    return { data: { code, state: 'active' }, text: `resumed ${code}` };
  }),
);

const operator = command(
  'operator <code>',
  'say which organization runs the platform: it publishes terms for all and decides escalated complaints',
  (config, _options, [code = '']) =>
    withReach(config, async ({ owner }) => {
      await setOperator(owner, code, new Date());
      return { data: { code, operator: true }, text: `${code} runs this platform` };
    }),
);

const exportData = command('export <code>', 'write all that an organization may see into a ZIP', (config, options, [code = '']) =>
  withReach(config, async ({ owner, database }) => {
    const organization = await organizationIdOf(owner, code);
    const file = String(options['out'] ?? `yunfab-${code}.zip`);
    const { writeExport } = await import('../exporting/export.js');
    await writeExport(database, { organization, code, actor: platformOperator }, createWriteStream(file, { flags: 'wx' }), new Date());
    return { data: { code, file }, text: `wrote ${file}` };
  }),
).option('--out <file>', 'where to; never over a file that is there');

const addPerson = command(
  'add-person <code> <email>',
  'let a person sign in for an organization; the password is shown once',
  (config, options, [code = '', email = '']) =>
    withReach(config, async ({ owner, database, core }) => {
      const organization = await organizationIdOf(owner, code);
      const { name = email, roles = 'viewer', locale = 'zh-CN' } = options as Record<string, string>;
      const password = randomBytes(12).toString('base64url');
      const { createAccounts } = await import('../signin/index.js');
      // The cookie's secret plays no part in making a sign-in.
      const accounts = createAccounts({ system: database.system, secret: randomBytes(32).toString('hex'), secureCookies: false });
      const user = await accounts.ensureUser({ email, name, password });
      await registerPerson(database.system, { user, email, name, locale: locale === 'en' ? 'en' : 'zh-CN' });
      await asOperator(owner, organization, new Date(), (scope) =>
        addMember(scope, core.permissions, { email, name, roles: roles.split(',') as MemberRole[] }),
      );
      return { data: { email, password, organization: code }, text: `${email} may sign in for ${code} with the password ${password}` };
    }),
)
  .option('--name <name>', 'as colleagues know the person')
  .option('--roles <roles>', 'admin, trade, production, quality, viewer; joined by commas', 'viewer')
  .option('--locale <locale>', 'zh-CN or en', 'zh-CN');

export const organizationCommands: Command = group(
  'org',
  'organizations and who may sign in for them',
  create,
  list,
  suspend,
  resume,
  operator,
  exportData,
  addPerson,
);
