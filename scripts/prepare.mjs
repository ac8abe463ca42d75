// Installs and builds what is missing, and does nothing when nothing changed. Plain Node: it runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const temp = join(root, 'temp');
const oldestNode = [20, 19];

/** Brings the checkout to where it can run. Safe when interrupted and when two do it at once: the second waits. */
export async function prepare() {
  refuseOldNode();
  const release = await takeTurn();
  try {
    await install();
    await build();
  } finally {
    release();
  }
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new Error(`Yunfab needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}.`);
}

async function install() {
  // Inside node_modules, so whoever removes that removes this.
  const stamp = join(root, 'node_modules', '.yunfab-installed');
  const wanted = fingerprint(
    [...manifests(), join(root, 'pnpm-lock.yaml'), join(root, 'pnpm-workspace.yaml')],
    process.version.split('.')[0],
    process.platform,
    process.arch,
  );
  if (
    readStamp(stamp) === wanted &&
    packageFolders().every((folder) => !hasDependencies(folder) || existsSync(join(folder, 'node_modules')))
  )
    return;
  say('installing dependencies …');
  rmSync(stamp, { force: true });
  await pnpm(['install', '--frozen-lockfile', '--config.confirmModulesPurge=false']);
  writeFileSync(stamp, wanted);
}

async function build() {
  const stamp = join(temp, 'built');
  const wanted = fingerprint(sources());
  if (readStamp(stamp) === wanted && packageFolders().every((folder) => !offersDist(folder) || existsSync(join(folder, 'dist')))) return;
  rmSync(stamp, { force: true });
  say('building …');
  const began = Date.now();
  await run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b'], 'the build');
  if (manifests().some((manifest) => JSON.parse(readFileSync(manifest, 'utf8')).scripts?.bundle)) {
    await pnpm(['-r', '--if-present', '--config.verifyDepsBeforeRun=false', 'run', 'bundle']);
  }
  writeFileSync(stamp, wanted);
  say(`built in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** Every package of the workspace, by the globs that pnpm reads. */
export function packageFolders() {
  const globs = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
    .split('\n')
    .flatMap((line) => /^ {2}- ([a-z*/-]+)$/.exec(line)?.[1] ?? []);
  return globs.flatMap((glob) => {
    if (!glob.endsWith('/*')) return existsSync(join(root, glob, 'package.json')) ? [join(root, glob)] : [];
    const parent = join(root, glob.slice(0, -2));
    if (!existsSync(parent)) return [];
    return readdirSync(parent)
      .map((name) => join(parent, name))
      .filter((folder) => existsSync(join(folder, 'package.json')));
  });
}

function manifests() {
  return [join(root, 'package.json'), ...packageFolders().map((folder) => join(folder, 'package.json'))];
}

function hasDependencies(folder) {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return Object.keys({ ...dependencies, ...devDependencies }).length > 0;
}

function offersDist(folder) {
  return JSON.stringify(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).exports ?? '').includes('./dist/');
}

const built = new Set(['node_modules', 'dist', 'temp', '.yunfab', 'coverage']);

function sources() {
  const found = [...manifests(), join(root, 'tsconfig.json'), join(root, 'tsconfig.base.json'), join(root, 'pnpm-lock.yaml')];
  const walk = (folder) => {
    const ignored = ignoredIn(folder);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (built.has(entry.name) || ignored.has(entry.name) || entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) found.push(path);
    }
  };
  for (const folder of [...packageFolders(), join(root, 'test')]) if (existsSync(folder)) walk(folder);
  return found;
}

/** Names that a folder's own .gitignore leaves out: what is built there. */
function ignoredIn(folder) {
  const path = join(folder, '.gitignore');
  if (!existsSync(path)) return new Set();
  return new Set(
    readFileSync(path, 'utf8')
      .split('\n')
      .map((line) => line.trim().replace(/^\/|\/$/g, '')),
  );
}

/** By content, not by time: a checkout that comes back to where it was is not built again. */
function fingerprint(paths, ...facts) {
  const digest = createHash('sha256').update(facts.join('\0'));
  for (const path of [...new Set(paths)].sort()) {
    if (existsSync(path))
      digest
        .update(`${relative(root, path)}\0`)
        .update(readFileSync(path))
        .update('\0');
  }
  return digest.digest('hex');
}

function readStamp(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** One `npm start` or `npm test` installs and builds at a time; a turn whose process is gone is taken over. */
async function takeTurn() {
  mkdirSync(temp, { recursive: true });
  const turn = join(temp, 'preparing');
  const ours = `${turn}.${process.pid}`;
  writeFileSync(ours, String(process.pid));
  let told = false;
  try {
    for (;;) {
      try {
        linkSync(ours, turn);
        break;
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const holder = Number(readStamp(turn));
      if (!holder || !isAlive(holder)) {
        rmSync(turn, { force: true });
        continue;
      }
      if (!told) say(`waiting for process ${holder}, which is installing or building here …`);
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  } finally {
    rmSync(ours, { force: true });
  }
  const release = () => {
    if (readStamp(turn) === String(process.pid)) rmSync(turn, { force: true });
  };
  process.once('exit', release);
  return release;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function pnpm(args) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return run('npx', ['--yes', packageManager, ...args], `pnpm ${args[0]}`);
}

/** Runs a program with its output shown; a signal that ends us ends it too. */
export function run(program, args, what, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    const pass = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    const done = () => {
      for (const signal of signals) process.off(signal, pass);
    };
    child.once('error', (error) => {
      done();
      reject(new Error(`${what} could not be run: ${error.message}`));
    });
    child.once('exit', (code, signal) => {
      done();
      if (code === 0) resolve();
      else
        reject(
          Object.assign(new Error(`${what} ${signal ? `was stopped by ${signal}` : `failed (exit code ${code})`}`), {
            code: code ?? 1,
            signal,
          }),
        );
    });
  });
}

export function say(message) {
  process.stderr.write(`yunfab: ${message}\n`);
}

/** What `prepare` throws, as one sentence and an exit code. */
export function leave(error) {
  say(error.message);
  process.exit(error.signal === 'SIGINT' ? 130 : typeof error.code === 'number' ? error.code : 1);
}
