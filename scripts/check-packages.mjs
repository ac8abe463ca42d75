// Packs every package that is published and lets publint and attw judge what would arrive at somebody's machine.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFolders, root } from './prepare.mjs';

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const tools = join(root, 'node_modules', '.bin');
const temp = mkdtempSync(join(tmpdir(), 'yunfab-pack-'));
let bad = 0;

try {
  for (const folder of packageFolders()) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (!manifest.private) judge(folder, manifest);
  }
} finally {
  rmSync(temp, { recursive: true, force: true });
}
process.exitCode = bad > 0 ? 1 : 0;

function judge(folder, { name, exports = {}, publishConfig = {} }) {
  const place = mkdtempSync(join(temp, 'package-'));
  tell(
    `${name}: pack`,
    'npx',
    ['--yes', packageManager, '--config.verifyDepsBeforeRun=false', 'pack', '--pack-destination', place],
    folder,
  );
  const tarball = readdirSync(place).map((file) => join(place, file))[0];
  if (!tarball) return;
  tell(`${name}: publint`, join(tools, 'publint'), ['run', tarball, '--strict']);
  // Only the SDK promises CommonJS; the others are ES modules, as their package.json says.
  const both = JSON.stringify(publishConfig.exports ?? exports).includes('"require"');
  tell(`${name}: attw`, join(tools, 'attw'), [tarball, '--no-emoji', '--no-color', '--profile', both ? 'node16' : 'esm-only']);
}

function tell(what, program, args, cwd = root) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  console.log(`${status === 0 ? 'pass' : 'FAIL'} ${what}`);
  if (status === 0) return;
  bad += 1;
  console.log(`${stdout}${stderr}`);
}
