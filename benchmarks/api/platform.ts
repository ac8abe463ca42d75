import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DatabaseUrls } from '@yunfab/core/database';
import type { Statement } from './replay.js';

/** `yunfab start` in its own process on a new embedded database. */
export interface Platform {
  readonly httpUrl: string;
  readonly mqttUrl: string;
  /** Resident memory of the serving process. */
  residentBytes(): number;
  readonly urls: DatabaseUrls;
  /** The statements of the runtime role while `work` goes on. */
  recordStatements(work: () => Promise<unknown>): Promise<Statement[]>;
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('../../packages/server/bin/yunfab.js', import.meta.url));

/** `BENCH_PROFILE=<folder>` leaves a CPU profile of the serving process there. */
export async function startPlatform(): Promise<Platform> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yunfab-bench-'));
  const profile = process.env['BENCH_PROFILE'];
  const child = fork(program, ['start'], {
    execArgv: [
      '--import',
      'tsx',
      '--import',
      fileURLToPath(new URL('record-statements.ts', import.meta.url)),
      ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []),
    ],
    env: { ...process.env, ...environment(dataDir) },
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const { httpUrl, mqttUrl } = await readyUrls(child);
  return {
    httpUrl,
    mqttUrl,
    residentBytes: () => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024,
    urls: JSON.parse(readFileSync(join(dataDir, 'database.json'), 'utf8')) as DatabaseUrls,
    async recordStatements(work) {
      await ask(child, 'record');
      await work();
      return (await ask(child, 'recorded')) as Statement[];
    },
    async stop() {
      const ended = once(child, 'exit');
      // An open channel would keep the process from ending by itself; without it, it ends in order.
      child.disconnect();
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function environment(dataDir: string): Record<string, string> {
  return {
    YUNFAB_DATABASE_URL: '',
    YUNFAB_DATA_DIR: dataDir,
    YUNFAB_HTTP_PORT: '0',
    YUNFAB_MQTT_PORT: '0',
    YUNFAB_VERTICALS: 'none',
    YUNFAB_LOG_LEVEL: 'warn',
    YUNFAB_SECRET: 'x7Kq2mVt9RzLw4Ybn8Hc3sFgJd6Pe5Ua',
  };
}

async function readyUrls(child: ChildProcess): Promise<{ httpUrl: string; mqttUrl: string }> {
  let said = '';
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the platform ended with ${code}\n${said}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [, httpUrl, mqttUrl] = /^yunfab ready (\S+) (\S+)$/m.exec(said) ?? [];
      if (httpUrl && mqttUrl) resolve({ httpUrl, mqttUrl });
    });
  });
}

async function ask(child: ChildProcess, message: 'record' | 'recorded'): Promise<unknown> {
  child.send(message);
  const [answer] = (await once(child, 'message')) as unknown[];
  return answer;
}
