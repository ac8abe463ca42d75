import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { coreMigrations } from '@yunfab/core';
import { asOperator, createApiKey, createOrganization } from '@yunfab/core/access';
import { createTestDatabase, type TestDatabase } from '@yunfab/core/testing';

/** A platform in a process of its own, used as an operator uses it: by the `yunfab` command. */
export interface ServedPlatform {
  readonly httpUrl: string;
  readonly mqttUrl: string;
  /** Runs `yunfab …` and gives what it printed. */
  yunfab(...args: string[]): Promise<string>;
  /** Registers an organization and gives an API key that may do everything in it. */
  company(code: string, scopes?: readonly string[]): Promise<string>;
  /** Ends the process, by SIGKILL if so told, and starts another on the same ports and data. */
  restart(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  close(): Promise<void>;
}

export const repository = fileURLToPath(new URL('..', import.meta.url));
const program = join(repository, 'packages/server/bin/yunfab.js');
const readyWithinMs = 60_000;

export async function servePlatform(given?: TestDatabase): Promise<ServedPlatform> {
  const base = given ?? (await createTestDatabase(coreMigrations));
  const dataDir = mkdtempSync(join(tmpdir(), 'yunfab-served-'));
  const environment: Record<string, string | undefined> = {
    ...process.env,
    YUNFAB_DATABASE_URL: base.urls.runtime,
    YUNFAB_DATABASE_SYSTEM_URL: base.urls.system,
    YUNFAB_DATABASE_INGEST_URL: base.urls.ingest,
    YUNFAB_DATABASE_OWNER_URL: base.urls.owner,
    YUNFAB_DATA_DIR: dataDir,
    YUNFAB_HTTP_PORT: '0',
    YUNFAB_MQTT_PORT: '0',
    YUNFAB_SECRET: randomBytes(32).toString('base64url'),
    YUNFAB_LOG_LEVEL: 'warn',
  };
  await yunfab('migrate');
  let { child, httpUrl, mqttUrl } = await start(environment);
  environment['YUNFAB_HTTP_PORT'] = new URL(httpUrl).port;
  environment['YUNFAB_MQTT_PORT'] = new URL(mqttUrl).port;

  async function yunfab(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { env: environment });
    return stdout.trim();
  }

  return {
    httpUrl,
    mqttUrl,
    yunfab,
    async company(code, scopes = ['*']) {
      const identifier = { scheme: 'national', country: 'DE', value: `TEST-${code}` } as const;
      const now = new Date();
      const organization = await createOrganization(
        base.owner,
        { code, name: { en: code, zh: code }, identifier, timeZone: 'Asia/Shanghai' },
        now,
      );
      const { token } = await asOperator(base.owner, organization, now, (scope) => createApiKey(scope, {}, { name: 'test', scopes }));
      return token;
    },
    async restart(signal = 'SIGTERM') {
      await end(child, signal);
      ({ child, httpUrl, mqttUrl } = await start(environment));
    },
    async close() {
      await end(child, 'SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
      await base.close();
    },
  };
}

async function start(env: Record<string, string | undefined>): Promise<{ child: ChildProcess; httpUrl: string; mqttUrl: string }> {
  const child = spawn(process.execPath, [program, 'start'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const ready = new Promise<{ httpUrl: string; mqttUrl: string }>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the platform was not ready in time:\n${said}`)), readyWithinMs);
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      const [, httpUrl, mqttUrl] = /^yunfab ready (\S+) (\S+)$/m.exec(said) ?? [];
      if (!httpUrl || !mqttUrl) return;
      clearTimeout(timer);
      resolve({ httpUrl, mqttUrl });
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`the platform ended with ${code}:\n${said}`)));
  });
  return { child, ...(await ready) };
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}
