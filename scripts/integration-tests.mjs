// Prints the test files that talk to PostgreSQL or a broker: those that take a test database or name a YUNFAB_TEST_ server,
// themselves or through a file of their package's `testing/`.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { packageFolders, root } from './prepare.mjs';

const skipped = new Set(['node_modules', 'dist', 'temp']);
const talks = /import \{[^}]*\bcreateTestDatabase\b|process\.env(\.|\[')YUNFAB_TEST_/;

function* typescript(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !skipped.has(entry.name)) yield* typescript(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

for (const folder of [...packageFolders(), join(root, 'test')]) {
  const files = [...typescript(folder)].map((path) => ({ path, text: readFileSync(path, 'utf8') }));
  const parts = new Set();
  const addParts = () => {
    const before = parts.size;
    for (const { path, text } of files)
      if (basename(dirname(path)) === 'testing' && isIntegration(text)) parts.add(basename(path).replace(/\.tsx?$/, '.js'));
    return parts.size > before;
  };
  const isIntegration = (text) =>
    talks.test(text) || [...text.matchAll(/from '[^']*testing\/([^'/]+)'/g)].some(([, part]) => parts.has(part));
  while (addParts());
  for (const { path, text } of files) if (/\.test\.tsx?$/.test(path) && isIntegration(text)) console.log(relative(root, path));
}
