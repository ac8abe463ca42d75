import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { expect, it } from 'vitest';

const script = `
  const { endWithParent } = await import(${JSON.stringify(new URL('../scripts/parent.mjs', import.meta.url).href)});
  endWithParent();
  process.on('SIGTERM', () => { console.log('asked to end'); process.exit(); });
  console.log('started');
  setInterval(() => {}, 1_000);
`;

it('`npm start` ends in order when the shell that npm runs it in is killed', async () => {
  // As npm does it: a signal reaches the shell alone. The pipe closes when the last process that holds it is gone.
  const shell = spawn('sh', ['-c', '"$0" --input-type=module --eval "$1"; true', process.execPath, script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  shell.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said === 'started\n') shell.kill('SIGTERM');
  });
  await once(shell.stdout, 'close');
  expect(said).toBe('started\nasked to end\n');
});
