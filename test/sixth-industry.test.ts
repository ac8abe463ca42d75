import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

vi.setConfig({ testTimeout: 240_000 });

const root = dirname(import.meta.dirname);
const folder = join(root, 'examples/vertical-footwear');
const run = promisify(execFile);
let dataDir: string;

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'yunfab-sixth-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** The command as an operator gives it, standing in the plugin's folder. */
async function yunfab(args: readonly string[], environment: Record<string, string> = {}): Promise<unknown> {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], YUNFAB_DATA_DIR: dataDir, ...environment } as NodeJS.ProcessEnv;
  const { stdout } = await run(process.execPath, [join(root, 'packages/server/bin/yunfab.js'), ...args, '--json'], { cwd: folder, env });
  return JSON.parse(stdout);
}

const ownFiles = (below = ''): string[] =>
  readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return [];
    return entry.isDirectory() ? ownFiles(join(below, entry.name)) : [join(below, entry.name)];
  });

it('is under 300 lines in all, from what the packages export to everybody', () => {
  const files = ownFiles();
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));
  expect(files).toContain(join('src', 'index.ts'));
  expect(texts.reduce((sum, text) => sum + text.trimEnd().split('\n').length, 0)).toBeLessThan(300);
  const { exports: core } = JSON.parse(readFileSync(join(root, 'packages/core/package.json'), 'utf8')) as { exports: object };
  const exported = new Set(['zod', '@yunfab/simulator', ...Object.keys(core).map((path) => `@yunfab/core${path.slice(1)}`)]);
  const imported = texts.flatMap((text) => [...text.matchAll(/ from '([^.'][^']*)';/g)].map(([, name]) => name ?? ''));
  expect(imported.length).toBeGreaterThan(5);
  expect(imported.filter((name) => !exported.has(name))).toEqual([]);
});

it('is loaded because the operator names it, beside another industry', async () => {
  const listed = await yunfab(['vertical', 'list'], { YUNFAB_VERTICALS: '@yunfab/vertical-tire,@yunfab/example-vertical-footwear' });
  expect(listed).toMatchObject([{ id: 'tire' }, { id: 'footwear', name: { en: 'Footwear', zh: '制鞋' } }]);
});

it('keeps the contract, and its story ends with accepted units', async () => {
  const { vertical, results } = (await yunfab(['vertical', 'check', '.'])) as {
    vertical: string;
    results: readonly { check: string; problems: readonly string[]; note: string }[];
  };
  expect(vertical).toBe('footwear');
  expect(results.filter(({ problems }) => problems.length > 0)).toEqual([]);
  expect(results.find(({ check }) => check === 'story')?.note).toMatch(/ 1 orders, [1-9]\d* accepted$/);
  expect(results.find(({ check }) => check === 'golden values')?.note).toBe('2 values');
});
