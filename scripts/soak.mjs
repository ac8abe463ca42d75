// `pnpm soak`: what `npm test` shows with a few kills and a short outage, in full: the gateway and PostgreSQL killed twenty
// times each on every front, the database away for a minute. Arguments go to vitest.
import { leave, prepare, root, run } from './prepare.mjs';

const files = [
  'packages/gateway/src/kill.test.ts',
  'packages/gateway/src/database-kill.test.ts',
  'packages/gateway/src/outage.test.ts',
  'test/database-killed.test.ts',
];

await prepare().catch(leave);
// One after the other: each loads the machine by itself.
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=verbose', '--no-file-parallelism'];
await run(process.execPath, [...vitest, ...files, ...process.argv.slice(2)], 'soak', {
  cwd: root,
  env: { ...process.env, YUNFAB_TEST_KILLS: '20', YUNFAB_TEST_OUTAGE_MS: '60000' },
}).catch(leave);
