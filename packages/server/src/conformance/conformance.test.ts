import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { newVertical } from '../scaffold/new-vertical.js';
import { type Conformance, checkConformance } from './index.js';

vi.setConfig({ testTimeout: 240_000 });

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../../..', import.meta.url));
let place: string;

beforeAll(() => {
  mkdirSync(join(repository, 'temp'), { recursive: true });
  place = mkdtempSync(join(repository, 'temp/conformance-'));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** A vertical as `vertical new` writes it, with some of its text replaced, installed and built. */
async function written(
  id: string,
  changes: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>> = {},
): Promise<string> {
  const folder = join(place, `vertical-${id}`);
  expect(newVertical(id, folder)).toContain('src/index.ts');
  for (const [file, replacements] of Object.entries(changes)) {
    let text = readFileSync(join(folder, file), 'utf8');
    for (const [from, to] of replacements) {
      expect(text).toContain(from);
      text = text.replace(from, to);
    }
    writeFileSync(join(folder, file), text);
  }
  mkdirSync(join(folder, 'node_modules/@yunfab'), { recursive: true });
  for (const name of ['core', 'simulator']) symlinkSync(join(repository, 'packages', name), join(folder, 'node_modules/@yunfab', name));
  for (const name of ['@types', 'vitest']) symlinkSync(join(repository, 'node_modules', name), join(folder, 'node_modules', name));
  symlinkSync(join(repository, 'packages/core/node_modules/zod'), join(folder, 'node_modules/zod'));
  await run(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc')], { cwd: folder });
  return folder;
}

/** By the command, as an author runs it. */
async function checked(folder: string, ...options: string[]): Promise<Conformance> {
  const yunfab = join(repository, 'packages/server/bin/yunfab.js');
  const { stdout, stderr } = await run(process.execPath, [yunfab, 'vertical', 'check', '.', '--json', ...options], { cwd: folder }).catch(
    (error: { readonly stdout: string; readonly stderr: string }) => error,
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Conformance;
}

const failedOf = ({ results }: Conformance) =>
  Object.fromEntries(results.filter(({ problems }) => problems.length > 0).map(({ check, problems }) => [check, problems.join(' ')]));

it('passes a vertical that `vertical new` wrote, after its own tests', async () => {
  const folder = await written('glass-kiln');
  await run(process.execPath, [join(repository, 'node_modules/vitest/vitest.mjs'), 'run'], { cwd: folder });
  const found = await checked(folder);
  expect(failedOf(found)).toEqual({});
  expect(found).toMatchObject({ vertical: 'glass-kiln', version: '0.1.0' });
  expect(found.results.map(({ check, note }) => `${check}: ${note}`)).toEqual([
    'manifest: ',
    'words: 28 pairs',
    'golden values: 1 values',
    expect.stringMatching(/^faults: \d+ faults$/),
    'story: 2 organizations, 1 orders, 144 accepted',
    expect.stringMatching(/^machines: 1 models, 216\d\d samples, 3[67] runs$/),
    'permissions: 2 procedures',
    expect.stringMatching(/^hidden and absent: 0 procedures, \d+ records$/),
    'role: yunfab_plugin_glass_kiln',
    'row-level security: 1 tables, 1 with rows',
    'migrations: 1 migrations, 1 rows carried over',
    expect.stringMatching(/^disable, enable, purge: \d+ records read, 1 rows handed out$/),
  ]);
});

it('says what is wrong with one that looks whole', async () => {
  const folder = await written('leaky', {
    'src/index.ts': [
      ["zh: '查看配方'", "zh: 'View the recipes'"],
      ['expected: true', 'expected: false'],
    ],
    'src/oven.ts': [['high: 400 }', 'high: 140 }']],
    'src/simulated-oven.ts': [
      [
        'export const simulatedOven = simulatorOf({ faults,',
        `export const simulatedOven: VerticalSimulator = {
  get faults() { return made.faults; },
  get equipmentModels() { return made.equipmentModels; },
  createDevice: ({ faults: _none, ...options }) => made.createDevice(options),
};
const made = simulatorOf({ faults,`,
      ],
      ["from '@yunfab/simulator';", "from '@yunfab/simulator';\nimport type { VerticalSimulator } from '@yunfab/core/verticals';"],
    ],
    'src/recipes.ts': [
      [
        "${verticalTable('leaky', 'recipe')}`),",
        `\${verticalTable('leaky', 'recipe')}
    create policy everyone on vertical_leaky.recipe for select using ((select core.organization()) is not null);\`),
  '0002-note': sqlMigration(\`
    alter table vertical_leaky.recipe add column note text not null;
    alter table vertical_leaky.recipe alter column note set default '';\`),`,
      ],
    ],
    'src/story.ts': [['low: 145, high: 155', 'low: 165, high: 175']],
  });
  const failed = failedOf(await checked(folder, '--patience', '20'));
  expect(Object.keys(failed)).toEqual(['words', 'golden values', 'faults', 'story', 'machines', 'row-level security', 'migrations']);
  expect(failed['words']).toContain('reads "View the recipes". Translate it.');
  expect(failed['golden values']).toContain('should be false and is true');
  expect(failed['faults']).toContain('leaky.oven takes the fault "no-such-fault" from the start');
  expect(failed['story']).toContain('did not come to its end in time');
  expect(failed['machines']).toMatch(/outside its range 0 to 140.*No run of leaky.oven passed leaky.baking/);
  expect(failed['row-level security']).toContain('shows 1 rows to an organization that they do not concern');
  expect(failed['migrations']).toContain('On a populated database they fail');
});

it('refuses what is no vertical, and a folder that is none', async () => {
  expect(failedOf(await checkConformance('zod'))).toEqual({ manifest: expect.stringContaining('is not a vertical') });
  await expect(checkConformance('./nowhere')).rejects.toMatchObject({ code: 'config.invalid' });
  expect(() => newVertical('Bad Id', join(place, 'x'))).toThrow('glass-kiln');
});
