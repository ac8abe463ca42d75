import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { build } from 'esbuild';
import { createPlainTypes } from './plain-types.mjs';

/** Makes `dist/bundle/`, what is published, from `src/` and the declarations that `tsc -b` left in `dist/`. */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...path) => join(root, ...path);
/** Beside the named shapes, what of `contract.ts` is made from core's own types. */
const fromCore = ['CoreApi', 'EventBodies', 'FeedEvent', 'KnownErrorCode', 'Drawing', 'Chart'];

// Two may run at once (a test packs while somebody else does): each works in a folder of its own and moves whole files.
const workshop = await mkdtemp(at('dist/.bundle-'));
try {
  await Promise.all([bundleCode('esm', 'js'), bundleCode('cjs', 'cjs'), bundleDeclarations()]);
  await mkdir(at('dist/bundle'), { recursive: true });
  for (const file of await readdir(join(workshop, 'out'))) await rename(join(workshop, 'out', file), at('dist/bundle', file));
} finally {
  await rm(workshop, { recursive: true, force: true });
}

/** Socket.IO stays outside: it is loaded when something live is first asked for. So does what only devices need, which run on Node.js. */
async function bundleCode(format, extension) {
  await build({
    entryPoints: { index: at('src/index.ts'), device: at('src/device/index.ts') },
    outdir: join(workshop, 'out'),
    outExtension: { '.js': `.${extension}` },
    bundle: true,
    format,
    platform: 'neutral',
    target: 'es2022',
    external: ['socket.io-client', 'mqtt', 'classic-level', 'node:timers/promises', 'node:zlib'],
    sourcemap: true,
    sourcesContent: false,
    supported: { 'dynamic-import': true },
  });
}

/** One file of declarations with core's types written out; the same text serves both module systems. */
async function bundleDeclarations() {
  const staged = join(workshop, 'declarations');
  await mkdir(staged, { recursive: true });
  for (const file of await readdir(at('dist'), { recursive: true })) {
    if (/^[^.].*\.d\.ts$/.test(file) && !/\.test(-d)?\.d\.ts$|^(bundle|testing)[/\\]/.test(file))
      await cp(at('dist', file), join(staged, file));
  }
  await writeFile(join(staged, 'contract.d.ts'), await plainContract());
  await mkdir(join(workshop, 'out'), { recursive: true });
  for (const [entry, name] of [
    ['index.d.ts', 'index'],
    ['device/index.d.ts', 'device'],
  ]) {
    rollUp(join(staged, entry), join(workshop, `out/${name}.d.ts`));
    await cp(join(workshop, `out/${name}.d.ts`), join(workshop, `out/${name}.d.cts`));
  }
}

/** `contract.d.ts` without its imports from core. */
async function plainContract() {
  const declarations = (await readFile(at('dist/contract.d.ts'), 'utf8')).replace(/^import type [^;]* from '@yunfab\/core[^;]*;\n/gm, '');
  const plain = createPlainTypes(at('src/contract.ts'));
  const shapes = [...declarations.matchAll(/^export type (\w+) = (?:OutputOf<CoreApi|\w+\[)/gm)].map(([, name]) => name);
  const replacements = [
    ...plain.interfaces(shapes),
    ...fromCore.map((name) => ({ name, text: `export type ${name} = ${plain.alias(name)};` })),
  ];
  const contract = replacements.reduce((text, { name, text: type }) => replaceAlias(text, name, type), declarations);
  if (/@yunfab\/core/.test(contract)) throw new Error('contract.d.ts still refers to @yunfab/core');
  return `${plain.preamble()}${contract}`;
}

function replaceAlias(text, name, replacement) {
  const alias = new RegExp(`^export type ${name} =[\\s\\S]*?;\\n(?=\\S|$(?![\\s\\S]))`, 'm');
  if (!alias.test(text)) throw new Error(`contract.d.ts has no alias ${name}`);
  return text.replace(alias, () => `${replacement}\n`);
}

function rollUp(entry, file) {
  const config = ExtractorConfig.prepare({
    configObjectFullPath: at('api-extractor.json'),
    packageJsonFullPath: at('package.json'),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: entry,
      apiReport: { enabled: false },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      dtsRollup: { enabled: true, untrimmedFilePath: file },
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2022',
            lib: ['es2022', 'dom'],
            module: 'nodenext',
            moduleResolution: 'nodenext',
            strict: true,
            types: [],
          },
          files: [entry],
        },
      },
      messages: { extractorMessageReporting: { default: { logLevel: 'none' } }, tsdocMessageReporting: { default: { logLevel: 'none' } } },
    },
  });
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    showVerboseMessages: false,
    messageCallback: (message) => (message.handled = message.logLevel !== 'error'),
  });
  if (!succeeded) throw new Error(`the declarations of ${entry} cannot be rolled up`);
}
