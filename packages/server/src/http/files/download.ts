import { requestErrors } from '@yunfab/core/commands';
import { inScope } from '@yunfab/core/database';
import { type ByteRange, filesErrors, findDownload, sha256Schema } from '@yunfab/core/files';
import contentDisposition from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import parseRange from 'range-parser';
import { z } from 'zod';
import { type FileRouteOptions, permitted } from './places.js';

const asked = z.object({
  sha256: sha256Schema,
  /** The record that names the file; without it only one's own uploads are given. */
  record: z.uuid().optional(),
  /** For links, which carry no header: code of the organization to act for. */
  organization: z.string().max(40).optional(),
});

/** `GET /api/files/{sha256}?record=`: always an attachment, never a page of this site. What may not be read is not there. */
export function download(options: FileRouteOptions) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { sha256, record = null, organization } = whatIsAsked(request);
    if (organization !== undefined) request.headers['x-yunfab-organization'] ??= organization;
    const actor = await permitted(request, options, 'files.view');
    const scope = { organization: actor.organization, actor, now: options.clock(), readOnly: true };
    const file = await inScope(options.database.runtime, scope, (within) => findDownload(within, { sha256, record }));

    const etag = `"${sha256}"`;
    if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) return reply.code(304).headers(lasting(etag)).send();
    const range = rangeOf(request, etag, file.size);
    if (range === 'unsatisfiable') {
      reply.header('content-range', `bytes */${file.size}`);
      throw filesErrors.range_unsatisfiable({ range: request.headers.range, size: file.size });
    }
    const content = request.method === 'HEAD' ? undefined : await opened(options, sha256, file.name, range);
    reply.headers({
      ...lasting(etag),
      'accept-ranges': 'bytes',
      'content-type': file.media_type,
      'content-length': range ? range.end - range.start + 1 : file.size,
      'content-disposition': contentDisposition(file.name),
      'content-security-policy': "sandbox; default-src 'none'",
    });
    if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.size}`);
    return reply.send(content);
  };
}

/** It is asked again each time, because a grant may have ended; the content itself never changes. */
const lasting = (etag: string) => ({
  etag,
  'cache-control': 'private, no-cache',
  vary: 'authorization, cookie, x-yunfab-organization',
});

function whatIsAsked(request: FastifyRequest): z.output<typeof asked> {
  const read = asked.safeParse({ ...(request.query as object), ...(request.params as object) });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw requestErrors.invalid({ field: issue?.path.join('.'), problem: issue?.message });
}

/** One range (RFC 9110 §14.2); several at once are answered with the whole, as the clause allows. */
function rangeOf({ headers }: FastifyRequest, etag: string, size: number): ByteRange | null | 'unsatisfiable' {
  const condition = headers['if-range'];
  if (headers.range === undefined || (condition !== undefined && condition !== etag)) return null;
  const ranges = parseRange(size, headers.range);
  if (ranges === -1) return 'unsatisfiable';
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return null;
  return ranges[0] ?? null;
}

async function opened({ store }: FileRouteOptions, sha256: string, name: string, range: ByteRange | null) {
  const content = await store.open(sha256, range ?? undefined).catch((error: unknown) => {
    throw filesErrors.store_unavailable({}, error);
  });
  if (!content) throw filesErrors.content_missing({ name });
  return content;
}
