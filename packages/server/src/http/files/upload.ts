import type { Readable } from 'node:stream';
import { requestErrors } from '@yunfab/core/commands';
import { fileNameSchema, filesErrors, keepUpload, sha256Schema, type UploadedFile } from '@yunfab/core/files';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fileTypeFromFile } from 'file-type';
import type { Received } from '../../files/index.js';
import { type FileRouteOptions, permitted } from './places.js';

/** A sender that sends nothing for so long has gone. */
const idleMs = 60_000;
/** How long a refused sender may go on sending until the connection ends. */
const patienceMs = 10_000;
const unknownType = 'application/octet-stream';

/**
 * `POST /api/files`, or `PUT /api/files/{sha256}` by a sender that knows the hash: the body is the content, the header
 * `x-yunfab-file-name` its name, percent-encoded. Repeating it changes nothing, so it needs no idempotency key.
 */
export function upload(options: FileRouteOptions, arriving: Set<FastifyRequest>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<UploadedFile | FastifyReply> => {
    try {
      arriving.add(request);
      return await receive(request, options);
    } catch (error) {
      // Nobody is left to be told.
      if (request.raw.destroyed && !request.raw.complete) return reply.hijack();
      if (!request.raw.complete) hangUp(request, reply);
      throw error;
    } finally {
      arriving.delete(request);
    }
  };
}

async function receive(request: FastifyRequest, options: FileRouteOptions): Promise<UploadedFile> {
  const { incoming, store, database, clock, mostBytes } = options;
  await permitted(request, options, 'files.attach');
  const name = nameOf(request);
  const expected = expectedHashOf(request);
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw filesErrors.too_large({ mostBytes });
  request.raw.setTimeout(idleMs, () => request.raw.destroy());
  const received = await incoming.receive((request.body as Readable | undefined) ?? request.raw, mostBytes);
  request.raw.setTimeout(0);
  try {
    if (received.size === 0) throw filesErrors.empty({ name });
    if (expected !== null && expected !== received.sha256) throw filesErrors.hash_mismatch({ actual: received.sha256, expected });
    // Minutes may have passed: who may no longer do this leaves nothing.
    const actor = await permitted(request, options, 'files.attach');
    const whose = { organization: actor.organization, actor, clock };
    return await keepUpload(database, store, whose, { ...received, name, mediaType: await mediaTypeOf(received) });
  } finally {
    await received.discard();
  }
}

/** What the first bytes say; names and headers of the sender are no evidence. */
async function mediaTypeOf({ path }: Received): Promise<string> {
  // A content that pretends to be of a type and is broken must not break the upload.
  const found = await fileTypeFromFile(path).catch(() => undefined);
  return found?.mime ?? unknownType;
}

function nameOf(request: FastifyRequest): string {
  const field = 'x-yunfab-file-name';
  const given = request.headers[field];
  if (typeof given !== 'string') throw requestErrors.invalid({ field, problem: 'this header names the file, percent-encoded' });
  const name = fileNameSchema.safeParse(decoded(given, field));
  if (!name.success) throw requestErrors.invalid({ field, problem: name.error.issues[0]?.message });
  return name.data.replace(/^.*[/\\]/, '') || 'file';
}

function decoded(text: string, field: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw requestErrors.invalid({ field, problem: 'it is not percent-encoded UTF-8' }, error);
  }
}

function expectedHashOf(request: FastifyRequest): string | null {
  const { sha256 } = request.params as { sha256?: string };
  if (sha256 === undefined) return null;
  const hash = sha256Schema.safeParse(sha256);
  if (!hash.success) throw requestErrors.invalid({ field: 'sha256', problem: hash.error.issues[0]?.message });
  return hash.data;
}

/** The refusal is sent and what still comes is read away for a while: a connection cut at once would lose the answer. */
function hangUp(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('connection', 'close');
  const { socket } = request.raw;
  request.raw.resume();
  setTimeout(() => socket.destroy(), patienceMs).unref();
}
