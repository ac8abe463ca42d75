import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** What is published, in a project that knows nothing else of Yunfab. */

const run = promisify(execFile);
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const repository = join(root, '../..');
const require = createRequire(join(repository, 'package.json'));
const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
const largestCoreBytes = 15_000;

let project: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'yunfab-packed-'));
  await Promise.all([install('@yunfab/sdk', root), install('@yunfab/vertical-tire', join(repository, 'packages/verticals/tire'))]);
  for (const name of ['socket.io-client', 'mqtt', 'classic-level']) {
    await symlink(join(root, 'node_modules', name), join(project, 'node_modules', name));
  }
}, 300_000);
afterAll(() => rm(project, { recursive: true, force: true }));

/** Packs as for a registry, which makes the bundles, and unpacks: no other package of Yunfab is anywhere near. */
async function install(name: string, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'dist'))) throw new Error(`${folder}/dist is not there: run \`npx tsc -b\``);
  const place = await mkdtemp(join(project, 'tarball-'));
  await run('npx', ['--yes', 'pnpm@10.34.9', '--config.verifyDepsBeforeRun=false', 'pack', '--pack-destination', place], { cwd: folder });
  const [tarball = ''] = await readdir(place);
  const installed = join(project, 'node_modules', name);
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', join(place, tarball), '-C', installed, '--strip-components=1']);
}

const program = `
import { createClient, isYunfabError, type InputOf, type OutputOf, type Order } from '@yunfab/sdk';
const yunfab = createClient({ url: 'http://127.0.0.1:4600', apiKey: 'yf_x' });
export type Proposal = InputOf<typeof yunfab.orders.propose>;
export type Page = OutputOf<typeof yunfab.orders.list>;
export async function story(signal: AbortSignal): Promise<string[]> {
  const order: Order = await yunfab.orders.get({ order: 'id' }, { signal });
  const state: 'proposed' | 'confirmed' | 'in_production' | 'in_delivery' | 'on_hold' | 'disputed' | 'closed' | 'settled'
    | 'declined' | 'withdrawn' | 'canceled' | 'defaulted' = order.state;
  const numbers: string[] = [state];
  for await (const { number } of yunfab.orders.list({ limit: 10 })) numbers.push(number);
  for await (const event of yunfab.events.follow({ after: 0, signal })) numbers.push(event.type);
  yunfab.live.telemetry({ equipment: 'id' }, (values) => numbers.push(...Object.keys(values)))();
  return numbers;
}
export const stale = (error: unknown): boolean => isYunfabError(error, 'request.not_found') && error.retryable;
// @ts-expect-error a field that is not there
export const wrong = (page: Page): string => page.items[0]!.colour;
// @ts-expect-error a number where text belongs
yunfab.orders.get({ order: 1 });
// @ts-expect-error a vertical that was not given
yunfab.tire;
`;

const tireProgram = `
import { createClient } from '@yunfab/sdk';
import { tire } from '@yunfab/vertical-tire/ref';
const yunfab = createClient({ url: 'http://127.0.0.1:4600', apiKey: 'yf_x', verticals: [tire] });
export async function codes(): Promise<string[]> {
  const found: string[] = [];
  for await (const { code } of yunfab.tire.recipes.list()) found.push(code);
  const { state } = await yunfab.orders.get({ order: 'id' });
  return [...found, state];
}
// @ts-expect-error a procedure that the vertical does not have
yunfab.tire.recipes.lst();
// @ts-expect-error an input of the wrong type
yunfab.tire.recipes.create({ code: 1 });
`;

const deviceProgram = `
import { openDevice, isYunfabError, type Device } from '@yunfab/sdk/device';
export async function machine(): Promise<number> {
  const device: Device = await openDevice({ url: 'mqtt://127.0.0.1:1', username: 'a/b', token: 'yd_x', folder: './spool' });
  await device.publish({ temperature: 171.5, door_open: false, program: 'A', pressure: null });
  await device.event('count', { good: 1 }).catch((error: unknown) => isYunfabError(error, 'device.spool_full'));
  // @ts-expect-error a value that no signal has
  await device.publish({ temperature: { nested: 1 } });
  return device.state().pending;
}
`;

async function check(name: string, type: 'module' | 'commonjs', compilerOptions: Record<string, unknown>, text = program): Promise<void> {
  const folder = join(project, name);
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type }));
  await writeFile(join(folder, 'program.ts'), text);
  const strict = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true, types: [], target: 'es2022' };
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...strict, ...compilerOptions }, files: ['program.ts'] }),
  );
  const { stdout } = await run(process.execPath, [tsc, '-p', folder], { cwd: folder }).catch((failure: { stdout: string }) => failure);
  expect(stdout).toBe('');
}

describe('the packed SDK', () => {
  it('type-checks alone in an ES module', () => check('nodenext', 'module', { module: 'nodenext' }));
  it('type-checks alone in CommonJS', () => check('node16', 'commonjs', { module: 'node16' }));
  it('type-checks alone for a bundler', () => check('bundler', 'module', { module: 'esnext', moduleResolution: 'bundler' }));

  it('type-checks with a packed vertical', () => check('tire-nodenext', 'module', { module: 'nodenext' }, tireProgram));
  it('type-checks with a packed vertical for a bundler', () =>
    check('tire-bundler', 'module', { module: 'esnext', moduleResolution: 'bundler' }, tireProgram));

  it('type-checks a machine’s program', () =>
    check('device-nodenext', 'module', { module: 'nodenext', skipLibCheck: true }, deviceProgram));
  it('type-checks a machine’s program in CommonJS', () =>
    check('device-node16', 'commonjs', { module: 'node16', skipLibCheck: true }, deviceProgram));

  it('loads by import and by require', async () => {
    const print = 'console.log(typeof createClient({ url: "http://127.0.0.1:1", apiKey: "yf_x" }).orders.get)';
    const imported = await run(process.execPath, ['--input-type=module', '-e', `import { createClient } from '@yunfab/sdk'; ${print}`], {
      cwd: project,
    });
    const required = await run(
      process.execPath,
      ['--input-type=commonjs', '-e', `const { createClient } = require('@yunfab/sdk'); ${print}`],
      { cwd: project },
    );
    expect([imported.stdout.trim(), required.stdout.trim()]).toEqual(['function', 'function']);
  });

  it('names no other package of Yunfab, and needs only Socket.IO; a machine’s program needs two more, of its own choice', async () => {
    const manifest = JSON.parse(await readFile(join(project, 'node_modules/@yunfab/sdk/package.json'), 'utf8')) as Record<string, object>;
    expect(Object.keys(manifest['dependencies'] ?? {})).toEqual(['socket.io-client']);
    const files = await readdir(join(project, 'node_modules/@yunfab/sdk'), { recursive: true });
    for (const file of files.filter((name) => /\.(c?js|d\.c?ts)$/.test(name))) {
      const text = await readFile(join(project, 'node_modules/@yunfab/sdk', file), 'utf8');
      const own = file.includes('device.') ? /^(mqtt|classic-level|node:.+)$/ : /^socket\.io-client$/;
      const named = [...text.matchAll(/(?<![.\w])(?:from|import|require)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, name]) => name ?? '');
      expect(named.filter((name) => !own.test(name))).toEqual([]);
    }
  });

  it(`is at most ${largestCoreBytes / 1000} kB gzip without Socket.IO`, async () => {
    expect(gzipSync(await readFile(join(project, 'node_modules/@yunfab/sdk/dist/bundle/index.js'))).length).toBeLessThan(largestCoreBytes);
  });
});
