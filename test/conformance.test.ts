import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** Each of our own industries passes what every plugin author can run, its story told on a throwaway platform. */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const yunfab = join(root, 'packages/server/bin/yunfab.js');

interface Checked {
  readonly version: string;
  readonly results: readonly { readonly check: string; readonly problems: readonly string[] }[];
}

it.each(['apparel', 'fishing-gear', 'medical-device', 'peripherals', 'tire'])(
  '@yunfab/vertical-%s conforms',
  async (id) => {
    const environment = { PATH: process.env['PATH'], HOME: process.env['HOME'] } as NodeJS.ProcessEnv;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [yunfab, 'vertical', 'check', `@yunfab/vertical-${id}`, '--json', '--patience', '400'],
      {
        cwd: root,
        env: environment,
        maxBuffer: 1 << 24,
      },
    ).catch((failed: { readonly stdout: string }) => failed);
    const { results } = JSON.parse(stdout) as Checked;
    expect(results.filter(({ problems }) => problems.length > 0)).toEqual([]);
    expect(results.length).toBe(12);
  },
  600_000,
);
