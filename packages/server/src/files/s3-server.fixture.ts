import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { S3Options } from './s3-store.js';

/** An S3-compatible server in a process of its own: s3rver, which checks bucket and key id but no Version 4 signature. */
export interface S3Server {
  readonly options: S3Options;
  stop(): Promise<void>;
}

const readyWithinMs = 30_000;

export async function startS3Server(): Promise<S3Server> {
  const directory = mkdtempSync(join(tmpdir(), 'yunfab-s3-'));
  const program = join(dirname(createRequire(import.meta.url).resolve('s3rver/package.json')), 'bin/s3rver.js');
  const args = ['-d', directory, '-a', '127.0.0.1', '-p', '0', '--configure-bucket', 'yunfab-test'];
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const port = await new Promise<string>((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`s3rver was not ready in time:\n${said}`)), readyWithinMs);
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      const listening = /listening on \S+:(\d+)/.exec(said)?.[1];
      if (!listening) return;
      clearTimeout(timer);
      resolve(listening);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`s3rver ended with ${code}:\n${said}`)));
  });
  return {
    options: {
      endpoint: `http://127.0.0.1:${port}`,
      bucket: 'yunfab-test',
      region: 'us-east-1',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    },
    async stop() {
      if (child.exitCode === null) {
        child.kill();
        await once(child, 'exit');
      }
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
