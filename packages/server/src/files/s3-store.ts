import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { FileStore } from '@yunfab/core/files';
import { AwsV4Signer } from 'aws4fetch';

export interface S3Options {
  /** `https://s3.example.com`, or with `{bucket}` in its host where the store wants the bucket there (Aliyun OSS). */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface Sending {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  readonly key: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Made anew for each attempt. */
  readonly body?: () => Readable;
}

const maxAttempts = 3;
const firstWaitMs = 300;
const idleMs = 60_000;

/**
 * Contents in a bucket of any S3-compatible store, under `sha256/ab/cd/abcd…`. One PUT each (S3 takes 5 GB at once), so an
 * object appears whole or not at all and nothing half uploaded is left to clear away; its address is sent as
 * `x-amz-content-sha256`, so that a store which checks that also checks what it received.
 */
export function createS3Store(options: S3Options): FileStore {
  const keyOf = (sha256: string) => `sha256/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
  const send = (sending: Sending) => sendRepeatedly(options, sending);
  const put = (key: string, sha256: string, size: number, body: () => Readable) =>
    send({ method: 'PUT', key, body, headers: { 'content-length': String(size), 'x-amz-content-sha256': sha256 } });
  const remove = async (key: string) => expectStatus(await send({ method: 'DELETE', key }), 200, 204, 404);

  return {
    place: `${addressOf(options)}/sha256`,

    async put({ sha256, size, path }) {
      await expectStatus(await put(keyOf(sha256), sha256, size, () => createReadStream(path)), 200, 201, 204);
    },

    async open(sha256, range) {
      const headers = range ? { range: `bytes=${range.start}-${range.end}` } : {};
      const answer = await send({ method: 'GET', key: keyOf(sha256), headers });
      if (answer.statusCode === (range ? 206 : 200)) return answer;
      await expectStatus(answer, 404);
      return null;
    },

    async sizeOf(sha256) {
      const answer = await send({ method: 'HEAD', key: keyOf(sha256) });
      await expectStatus(answer, 200, 404);
      return answer.statusCode === 404 ? null : Number(answer.headers['content-length']);
    },

    remove: (sha256) => remove(keyOf(sha256)),

    async check() {
      const key = `check/${randomUUID()}`;
      const sha256 = createHash('sha256').update(key).digest('hex');
      await expectStatus(await put(key, sha256, key.length, () => Readable.from([Buffer.from(key)])), 200, 201, 204);
      await remove(key);
    },
  };
}

const addressOf = ({ endpoint, bucket }: S3Options) => {
  const base = endpoint.replace(/\/+$/, '');
  return base.includes('{bucket}') ? base.replace('{bucket}', bucket) : `${base}/${bucket}`;
};

async function sendRepeatedly(options: S3Options, sending: Sending): Promise<IncomingMessage> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await sendOnce(options, sending);
      if (attempt === maxAttempts || !isPassing(answer.statusCode ?? 0)) return answer;
      answer.resume();
    } catch (error) {
      if (attempt === maxAttempts) throw error;
    }
    await pause(firstWaitMs * 2 ** (attempt - 1) * (0.5 + Math.random()));
  }
}

const isPassing = (status: number) => status >= 500 || status === 429;

async function sendOnce(options: S3Options, { method, key, headers = {}, body }: Sending): Promise<IncomingMessage> {
  const { region, accessKeyId, secretAccessKey } = options;
  const signer = new AwsV4Signer({
    ...{ method, url: `${addressOf(options)}/${key}`, headers, service: 's3', region, accessKeyId, secretAccessKey },
  });
  const { url, headers: signed } = await signer.sign();
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const outgoing = request(url, { method, headers: Object.fromEntries(signed) });
  outgoing.setTimeout(idleMs, () => outgoing.destroy(new Error(`the file store at ${url.host} did not answer for ${idleMs / 1000} s`)));
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
  });
  // An answer may come before the whole body is sent (a refusal); then the answer counts, not the broken pipe.
  const sent = body ? pipeline(body(), outgoing) : Promise.resolve(void outgoing.end());
  sent.catch(() => {});
  return answered;
}

/** Reads the rest of the answer away; throws with what the store said unless the status is one of those expected. */
async function expectStatus(answer: IncomingMessage, ...expected: number[]): Promise<void> {
  const status = answer.statusCode ?? 0;
  let said = '';
  for await (const chunk of answer) if (said.length < 500) said += String(chunk);
  if (expected.includes(status)) return;
  const code = /<Code>([^<]*)<\/Code>/.exec(said)?.[1] ?? said.slice(0, 100);
  throw new Error(`the file store answered ${status} ${code}; check bucket, region and access key`);
}
