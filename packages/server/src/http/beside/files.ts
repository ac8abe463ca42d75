import { uploadedFileSchema } from '@yunfab/core/files';
import { z } from 'zod';
import { answer, binary, body, type Described, inHeader, inPath, inQuery, operation, uuid } from './operation.js';

const octets = 'application/octet-stream';
const sha256 = inPath('sha256', 'SHA-256 of the content', { type: 'string', pattern: '^[0-9a-f]{64}$' });
const record = inQuery('record', 'The record that names the file; without it only own uploads are given', uuid);
const fileName = {
  ...inHeader('X-Yunfab-File-Name', 'Name of the file, percent-encoded UTF-8', { type: 'string', maxLength: 2000 }),
  required: true,
};
const range = inHeader('Range', '`bytes=0-1023`', { type: 'string' });
const kept = answer('The file, kept', 'application/json', z.toJSONSchema(uploadedFileSchema));

const upload = (operationId: string, summary: string, ...parameters: Record<string, unknown>[]) =>
  operation({
    operationId,
    summary,
    tag: 'files',
    permission: 'files.attach',
    parameters: [fileName, ...parameters],
    requestBody: { required: true, ...body(octets, binary) },
    responses: { 200: kept },
  });

export const files: Readonly<Record<string, Described>> = {
  'POST /api/files': { '/files': upload('files-upload', 'Upload a file: the body is its content') },
  'PUT /api/files/:sha256': {
    '/files/{sha256}': upload('files-put', 'Upload a file whose hash is known; anything else is refused', sha256),
  },
  'GET /api/files/:sha256': {
    '/files/{sha256}': operation({
      operationId: 'files-download',
      summary: 'Download a file, or a part of it',
      tag: 'files',
      permission: 'files.view',
      parameters: [sha256, record, range],
      responses: { 200: answer('The content', octets, binary), 206: answer('The part asked for', octets, binary) },
    }),
  },
};
