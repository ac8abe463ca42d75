import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sqlMigration } from '../database/index.js';
import { checkVertical, contractVersion, defineVertical, loadVerticals } from './index.js';
import { kiln } from './kiln.fixture.js';

const platformVersion = '0.1.0';
const check = (candidate: unknown, config?: unknown) => checkVertical(candidate, { platformVersion, config });
/** The whole kiln with some parts replaced by what a mistaken author wrote. */
const mistaken = (parts: Record<string, unknown>) => check({ ...kiln, ...parts });
const words = { en: 'x', zh: '某' };
const model = kiln.equipmentModels?.[0];
const firing = { code: 'firing', words, opens: { conditions: [{ signal: 'temperature', is: 'above', value: 600 }] } };
const command = { name: 'hold', words, parameters: [] };
const evaluator = kiln.runEvaluators?.[0];
const page = kiln.pages?.[0];
const table = 'create table vertical_kiln.a (organization uuid not null);';

describe('checkVertical', () => {
  it('has nothing against a whole vertical, nor against one that uses nothing', () => {
    expect(check(kiln)).toEqual([]);
    expect(check(defineVertical({ id: 'bare', version: '1.0.0', platform: '*', words: { name: words, description: words } }))).toEqual([]);
  });

  it.each<[string, () => string[], string]>([
    ['something else', () => check({ id: 'kiln' }), 'export the value that defineVertical'],
    ['another contract version', () => mistaken({ contract: contractVersion + 1 }), 'install a release of it for this platform'],
    ['an id with other letters', () => mistaken({ id: 'Kiln 2' }), 'must be 2 to 40 of a-z and "-"'],
    ['the name of a part of core', () => mistaken({ id: 'orders', migrations: {} }), 'is the name of a part of core; choose another'],
    ['no semantic version', () => mistaken({ version: 'latest' }), 'must be a semantic version'],
    ['a platform range that excludes this one', () => mistaken({ platform: '^2.0.0' }), 'needs platform ^2.0.0, and this is 0.1.0'],
    [
      'a missing language in its name',
      () => mistaken({ words: { name: { en: 'Kilns' }, description: words } }),
      'no Chinese words at words.name; add "zh"',
    ],
    [
      'an empty translation in a model',
      () => mistaken({ equipmentModels: [{ ...model, words: { en: '', zh: '窑' } }] }),
      'no English words at equipmentModels.0.words',
    ],
    [
      'a permission outside its namespace',
      () => mistaken({ permissions: { ...kiln.permissions, 'orders.accept': { ...words, roles: [] } } }),
      'begin it with "kiln."',
    ],
    [
      'a role that does not exist',
      () => mistaken({ permissions: { 'kiln.recipes': { ...words, roles: ['boss'] } } }),
      'permissions.kiln.recipes.roles.0',
    ],
    [
      'an evaluator outside its namespace',
      () => mistaken({ runEvaluators: [{ ...evaluator, id: 'oven.firing' }] }),
      'begin it with "kiln."',
    ],
    [
      'a gate outside its namespace',
      () => mistaken({ gates: [{ ...kiln.gates?.[0], id: 'firing' }] }),
      'names the gate "firing" outside its namespace',
    ],
    ['two models of one name', () => mistaken({ equipmentModels: [model, model] }), 'names the equipment model "kiln.chamber" twice'],
    [
      'a signal without unit',
      () => mistaken({ equipmentModels: [{ ...model, signals: [{ ...model?.signals[0], unit: '' }] }] }),
      'write its UCUM code, or "1"',
    ],
    [
      'an evaluator of an unknown model',
      () => mistaken({ runEvaluators: [{ ...evaluator, equipmentModel: 'kiln.tunnel' }] }),
      'judge the equipment model "kiln.tunnel", which it does not define; use one of kiln.chamber',
    ],
    [
      'an evaluator of an unknown signal',
      () => mistaken({ runEvaluators: [{ ...evaluator, signals: ['pressure'] }] }),
      'read the signal "pressure", which kiln.chamber does not have',
    ],
    [
      'a rule for runs on an unknown signal',
      () => mistaken({ equipmentModels: [{ ...model, runRules: [{ ...firing, program: 'recipe' }] }] }),
      'lets the rule "firing" make runs of kiln.chamber: The equipment has no signal "recipe". It has: temperature.',
    ],
    [
      'a rule for runs without a condition',
      () => mistaken({ equipmentModels: [{ ...model, runRules: [{ ...firing, opens: { conditions: [] } }] }] }),
      'declares a rule for runs of kiln.chamber wrongly: opens.conditions',
    ],
    [
      'a command of two names',
      () => mistaken({ equipmentModels: [{ ...model, commands: [command, command] }] }),
      'gives kiln.chamber the command "hold" twice; remove one',
    ],
    [
      'a command without words',
      () => mistaken({ equipmentModels: [{ ...model, commands: [{ ...command, words: undefined }] }] }),
      'equipmentModels.0.commands.0.words',
    ],
    [
      'a command whose description speaks one language',
      () => mistaken({ equipmentModels: [{ ...model, commands: [{ ...command, description: { en: 'Holds' } }] }] }),
      'no Chinese words at equipmentModels.0.commands.0.description',
    ],
    [
      'a parameter without its unit',
      () =>
        mistaken({ equipmentModels: [{ ...model, commands: [{ ...command, parameters: [{ name: 'time', kind: 'number', words }] }] }] }),
      'gives the command "hold" of kiln.chamber a wrong parameter "time": a number has a unit; write its UCUM code, or "1"',
    ],
    [
      'a choice of nothing',
      () => mistaken({ equipmentModels: [{ ...model, configuration: [{ name: 'mode', kind: 'text', words, choices: {} }] }] }),
      'gives the configuration of kiln.chamber a wrong parameter "mode": it has no choice',
    ],
    [
      'a parameter with a field of another name',
      () => mistaken({ equipmentModels: [{ ...model, configuration: [{ name: 'mode', kind: 'text', words, maximum: 3 }] }] }),
      'equipmentModels.0.configuration.0',
    ],
    [
      'an evaluator without its function',
      () => mistaken({ runEvaluators: [{ ...evaluator, evaluate: undefined }] }),
      'runEvaluators.0.evaluate: must be a function',
    ],
    [
      'a page that names no procedure',
      () => mistaken({ pages: [{ ...page, blocks: [{ kind: 'table', words, query: 'recipes.all', columns: [], empty: words }] }] }),
      'names the procedure "recipes.all", which does not exist; use one of "recipes.create"',
    ],
    [
      'a form on a query',
      () => mistaken({ pages: [{ ...page, blocks: [{ kind: 'form', words, command: 'recipes.list', fields: [], submit: words }] }] }),
      'but it is a query',
    ],
    [
      'a form field that is no input',
      () =>
        mistaken({
          pages: [
            {
              ...page,
              blocks: [
                { kind: 'form', words, command: 'recipes.create', fields: [{ name: 'colour', words, kind: 'text' }], submit: words },
              ],
            },
          ],
        }),
      'is no input of "recipes.create"; use one of "code", "peak"',
    ],
    [
      'a page that draws an unknown signal',
      () => mistaken({ pages: [{ ...page, blocks: [{ kind: 'equipment', words, model: 'kiln.chamber', signals: ['pressure'] }] }] }),
      'draws the signal "pressure"',
    ],
    [
      'a page of an undeclared permission',
      () => mistaken({ pages: [{ ...page, permission: 'kiln.see' }] }),
      'asks for the permission "kiln.see", which is not declared',
    ],
    [
      'procedures of an undeclared permission',
      () => mistaken({ permissions: {}, pages: [] }),
      'procedure "recipes.create" asks for the permission "kiln.recipes", which it does not declare',
    ],
    [
      'an api that throws',
      () =>
        mistaken({
          api: () => {
            throw new Error('no such file');
          },
          pages: [],
        }),
      'fails while declaring its api: no such file',
    ],
    [
      'an api that holds something else',
      () => mistaken({ api: () => ({ answer: 42 }), pages: [] }),
      'holds "answer" in its api, which is no procedure',
    ],
    ['a config that its schema refuses', () => check(kiln, { hottest: 5000 }), 'has a wrong config.hottest'],
    ['a config that it does not take', () => check({ ...kiln, config: undefined }, { hottest: 1 }), 'takes no config; remove it'],
    ['a missing config', () => mistaken({ config: z.object({ key: z.string() }) }), 'has a wrong config.key'],
    [
      'an unlabelled field',
      () => mistaken({ itemSpecifications: [{ ...kiln.itemSpecifications?.[0], fields: {} }] }),
      'gives the field "edge_mm" of "kiln/tile@1" no label',
    ],
    [
      'an example that its schema refuses',
      () => mistaken({ itemSpecifications: [{ ...kiln.itemSpecifications?.[0], example: { edge_mm: -1 } }] }),
      'an example that its own schema refuses',
    ],
    [
      'a specification without version',
      () => mistaken({ itemSpecifications: [{ ...kiln.itemSpecifications?.[0], id: 'kiln/tile' }] }),
      'without its version',
    ],
    [
      'an item kind outside its namespace',
      () => mistaken({ itemKinds: [{ ...kiln.itemKinds?.[0], id: 'tile' }] }),
      'names the item kind "tile" outside its namespace',
    ],
    [
      'an item kind of an unknown specification',
      () => mistaken({ itemKinds: [{ ...kiln.itemKinds?.[0], specification: 'kiln/vase@1' }] }),
      'by "kiln/vase@1", which it does not define; use one of kiln/tile@1',
    ],
    [
      'an item kind in a unit that is none',
      () => mistaken({ itemKinds: [{ ...kiln.itemKinds?.[0], unit: 'handful' }] }),
      'itemKinds.0.unit',
    ],
    [
      'a migration written as a function',
      () => mistaken({ migrations: { '0001-a': { up: async () => {} } } }),
      'is not written with sqlMigration',
    ],
    [
      'a migration out of order',
      () => mistaken({ migrations: { first: sqlMigration('select 1') } }),
      'four digits keep migrations in order',
    ],
    [
      'a table of core',
      () => mistaken({ migrations: { '0001-a': sqlMigration('alter table core.record add column colour text') } }),
      'touches core.record; a vertical changes only its own schema vertical_kiln',
    ],
    [
      'rows of another schema',
      () => mistaken({ migrations: { '0001-a': sqlMigration('select 1; update core.organization_registry set state = null') } }),
      'touches core.organization_registry',
    ],
    [
      'privileges on another schema',
      () => mistaken({ migrations: { '0001-a': sqlMigration('grant select on telemetry.sample to public') } }),
      'touches telemetry.sample',
    ],
    [
      'a table without schema',
      () => mistaken({ migrations: { '0001-a': sqlMigration('create table a (b int)') } }),
      'without a schema; write vertical_kiln.a',
    ],
    [
      'a table without row-level security',
      () => mistaken({ migrations: { '0001-a': sqlMigration(table) } }),
      'does not enable row-level security on vertical_kiln.a',
    ],
    [
      'row-level security that is not forced',
      () => mistaken({ migrations: { '0001-a': sqlMigration(`${table} alter table vertical_kiln.a enable row level security`) } }),
      'does not force row-level security on vertical_kiln.a',
    ],
    [
      'a function that sees everything',
      () =>
        mistaken({
          migrations: {
            '0001-a': sqlMigration("create function vertical_kiln.f() returns int language sql security definer as 'select 1'"),
          },
        }),
      'SECURITY DEFINER',
    ],
    [
      'a reference into core',
      () => mistaken({ migrations: { '0001-a': sqlMigration('create table vertical_kiln.a (b uuid references core.api_key (id))') } }),
      'references core.api_key; reference vertical_kiln or one of core.record',
    ],
  ])('refuses %s', (_what, refusals, sentence) => {
    const found = refusals();
    expect(found.join('\n')).toContain(sentence);
    for (const refusal of found) expect(refusal).not.toMatch(/(?<!received )undefined|\[object/);
  });
});

describe('loadVerticals', () => {
  it('gives every reason at once, by package', () => {
    const failure = () =>
      loadVerticals(
        [
          { source: '@a/one', exported: { ...kiln, version: 'x' } },
          { source: '@a/two', exported: 17 },
          { source: '@a/three', exported: kiln },
          { source: '@a/four', exported: kiln },
        ],
        { platformVersion },
      );
    expect(failure).toThrowError(
      expect.objectContaining({
        code: 'verticals.refused',
        details: expect.objectContaining({
          refusals: [
            expect.stringMatching(/^@a\/one has a wrong version: must be a semantic version/),
            expect.stringMatching(/^@a\/two is not a vertical/),
            expect.stringMatching(/^@a\/one and @a\/three and @a\/four both have the id "kiln"/),
          ],
        }),
      }),
    );
  });
  it('gives each its configuration with the defaults filled in', () => {
    expect(loadVerticals([{ source: 'k', exported: kiln }], { platformVersion })[0]?.config).toEqual({ hottest: 1300 });
    expect(loadVerticals([{ source: 'k', exported: kiln, config: { hottest: 1200 } }], { platformVersion })[0]?.config).toEqual({
      hottest: 1200,
    });
  });
});
