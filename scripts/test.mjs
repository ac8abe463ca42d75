// `npm test`: every test; arguments go to vitest. The last line counts: `N passed, N failed[, N skipped]`.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { leave, prepare, root, run, say } from './prepare.mjs';

await prepare().catch((error) => {
  process.once('exit', () => console.log('0 passed, 1 failed'));
  leave(error);
});

const folder = mkdtempSync(join(root, 'temp', 'test-'));
const report = join(folder, 'report.json');
const vitest = [
  join(root, 'node_modules', 'vitest', 'vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
];
let ended;
await run(process.execPath, [...vitest, ...process.argv.slice(2)], 'vitest').catch((error) => {
  ended = error;
});
const { passed, failed, skipped, names } = count();
rmSync(folder, { recursive: true, force: true });

for (const name of names) console.log(`failed ${name}`);
if (skipped.length > 0) await explain();
console.log(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
process.exitCode = failed > 0 || passed === 0 || ended ? 1 : 0;

/** A file that could not be loaded holds no tests and counts as one that failed; so does a run that failed as a whole. */
function count() {
  const counted = { passed: 0, failed: 0, skipped: [], names: [] };
  const fails = (name) => {
    counted.failed += 1;
    counted.names.push(name);
  };
  for (const file of readReport()) {
    const name = relative(root, file.name);
    if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')) fails(name);
    for (const { status, fullName } of file.assertionResults) {
      if (status === 'passed') counted.passed += 1;
      else if (status === 'failed') fails(`${name}: ${fullName}`);
      else counted.skipped.push(`${name}: ${fullName}`);
    }
  }
  if (ended && counted.failed === 0) {
    say(ended.message);
    counted.failed = 1;
  }
  return counted;
}

function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8')).testResults;
  } catch {
    return [];
  }
}

async function explain() {
  const { chromiumPath, withoutChromium } = await import('../packages/core/dist/testing/index.js');
  for (const test of skipped) console.log(`skipped ${test}`);
  if (!chromiumPath()) console.log(withoutChromium);
}
