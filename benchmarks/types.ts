import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript-6';

/**
 * What the compiler costs who installs the SDK with all five industries, from the tarballs: `tsc` on the examples and on
 * a program that uses every ref, and completion in an editor (TypeScript's language service, as tsserver runs it).
 */

const run = promisify(execFile);
const repository = fileURLToPath(new URL('..', import.meta.url));
const verticals = ['apparel', 'fishing-gear', 'medical-device', 'peripherals', 'tire'];
const examples = ['first-order', 'plain-device'];
const camelCase = (id: string) => id.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());
const project = mkdtempSync(join(tmpdir(), 'yunfab-bench-types-'));

try {
  await install('@yunfab/sdk', 'packages/sdk');
  for (const id of verticals) await install(`@yunfab/vertical-${id}`, `packages/verticals/${id}`);
  for (const [name, holder] of [
    ['socket.io-client', 'packages/sdk'],
    ['mqtt', 'examples/plain-device'],
    ['@types/node', '.'],
  ] as const) {
    mkdirSync(dirname(join(project, 'node_modules', name)), { recursive: true });
    symlinkSync(join(repository, holder, 'node_modules', name), join(project, 'node_modules', name));
  }
  for (const name of examples) cpSync(join(repository, 'examples', name, 'src'), join(project, name), { recursive: true });
  const names = verticals.map(camelCase);
  const program = [
    `import { createClient } from '@yunfab/sdk';`,
    ...verticals.map((id, index) => `import { ${names[index]} } from '@yunfab/vertical-${id}/ref';`),
    `const yunfab = createClient({ url: 'http://127.0.0.1:4600', apiKey: 'yf_x', verticals: [${names.join(', ')}] });`,
    'export async function main() {',
    ...['yunfab.', 'yunfab.orders.', 'yunfab.lifecycle.', ...names.map((name) => `yunfab.${name}.`)].map((typed) => `  ${typed};`),
    '}',
  ];
  const compiled = program.map((line) => line.replace(/\.;$/, ';'));
  writeFileSync(join(project, 'all-refs.ts'), compiled.join('\n'));
  const compilerOptions = { target: 'es2023', module: 'nodenext', strict: true, noEmit: true, skipLibCheck: true, types: ['node'] };
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));

  const tsc_s = await compile();
  const completions = complete(program.join('\n'));
  const times = completions.map(({ ms }) => ms).sort((a, b) => a - b);
  const completion_ms = Math.round(times.at(-1) ?? Number.NaN);
  console.table(completions.map(({ at, ms, offers }) => ({ at, ms: Math.round(ms), offers })));
  console.log(`tsc on the examples with all five refs: ${tsc_s} s (goal 10); slowest completion ${completion_ms} ms (goal 150)`);
  console.log(
    JSON.stringify({
      bench: 'types',
      tsc_s,
      completion_ms,
      completion_p50_ms: Math.round(times[Math.floor(times.length / 2)] ?? Number.NaN),
    }),
  );
} finally {
  rmSync(project, { recursive: true, force: true });
}

async function install(name: string, folder: string): Promise<void> {
  const place = mkdtempSync(join(project, 'tarball-'));
  await run('npx', ['--yes', 'pnpm@10.34.9', '--config.verifyDepsBeforeRun=false', 'pack', '--pack-destination', place], {
    cwd: join(repository, folder),
  });
  const installed = join(project, 'node_modules', name);
  mkdirSync(installed, { recursive: true });
  await run('tar', ['-xzf', join(place, readdirSync(place)[0] ?? ''), '-C', installed, '--strip-components=1']);
}

async function compile(): Promise<number> {
  const require = createRequire(join(repository, 'package.json'));
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const began = performance.now();
  await run(process.execPath, [tsc, '-p', '.'], { cwd: project });
  return Number(((performance.now() - began) / 1000).toFixed(2));
}

/** Completion after each trailing dot, as often as a person types: the first asking of a file is warm-up, as in an editor. */
function complete(text: string): { at: string; ms: number; offers: number }[] {
  const file = join(project, 'typed.ts');
  const host: ts.LanguageServiceHost = {
    getScriptFileNames: () => [file],
    getScriptVersion: (name) => (name === file ? String(version) : '0'),
    getScriptSnapshot: (name) => {
      const content = name === file ? text + ' '.repeat(version) : ts.sys.readFile(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => project,
    getCompilationSettings: () => ({
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      strict: true,
      skipLibCheck: true,
      types: ['node'],
    }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  };
  let version = 0;
  const service = ts.createLanguageService(host);
  const places = [...text.matchAll(/^ {2}(yunfab\.[\w.]*);$/gm)].map(({ 1: at = '', index }) => ({ at, position: index + 2 + at.length }));
  service.getCompletionsAtPosition(file, places[0]?.position ?? 0, {});
  return places.map(({ at, position }) => {
    version++;
    const began = performance.now();
    const offers = service.getCompletionsAtPosition(file, position, {})?.entries.length ?? 0;
    return { at, ms: performance.now() - began, offers };
  });
}
