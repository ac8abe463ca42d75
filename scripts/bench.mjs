// `pnpm bench <name>`: runs benchmarks/<name>.ts against the built packages; its last line is one JSON object.
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { leave, prepare, root, run } from './prepare.mjs';

const [name, ...args] = process.argv.slice(2);
const folder = join(root, 'benchmarks');
const program = [join(folder, `${name}.ts`), join(folder, 'src', `${name}.ts`)].find((path) => existsSync(path));
if (!name || !program) {
  const places = [folder, join(folder, 'src')].filter((place) => existsSync(place));
  const names = places
    .flatMap((place) => readdirSync(place))
    .filter((file) => file.endsWith('.ts') && !/\.(test|d|config)\.ts$/.test(file));
  console.error(`pnpm bench <name>, one of: ${names.map((file) => basename(file, '.ts')).join(', ') || '(none yet)'}`);
  process.exit(1);
}
await prepare().catch(leave);
await run(process.execPath, ['--import', 'tsx', program, ...args], `bench ${name}`).catch(leave);
