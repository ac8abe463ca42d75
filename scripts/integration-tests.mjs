// Prints the test files that talk to PostgreSQL or a broker: those which take a test database or name a YUNFAB_TEST_ server.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packageFolders, root } from './prepare.mjs';

const skipped = new Set(['node_modules', 'dist', 'temp']);

function* testFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !skipped.has(entry.name)) yield* testFiles(path);
    else if (/\.test\.tsx?$/.test(entry.name)) yield path;
  }
}

for (const folder of [...packageFolders(), join(root, 'test')]) {
  for (const path of testFiles(folder)) {
    if (/createTestDatabase|createTestWorld|YUNFAB_TEST_/.test(readFileSync(path, 'utf8'))) console.log(relative(root, path));
  }
}
