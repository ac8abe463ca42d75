type Json = Record<string, unknown>;

const tags = ['files'];
/** Contents stand beside /api/v1. */
const servers = [{ url: '/api' }];
const refused = { default: { $ref: '#/components/responses/Refused' } };
const security = [{ apiKey: [] }];

const sha256 = {
  name: 'sha256',
  in: 'path',
  required: true,
  description: 'SHA-256 of the content',
  schema: { type: 'string', pattern: '^[0-9a-f]{64}$' },
};
const record = {
  name: 'record',
  in: 'query',
  description: 'The record that names the file; without it only own uploads are given',
  schema: { type: 'string', format: 'uuid' },
};
const fileName = {
  name: 'X-Yunfab-File-Name',
  in: 'header',
  required: true,
  description: 'Name of the file, percent-encoded UTF-8',
  schema: { type: 'string', maxLength: 2000 },
};
const range = { name: 'Range', in: 'header', description: '`bytes=0-1023`', schema: { type: 'string' } };

const content = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
const uploaded = {
  description: 'The file, kept',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['sha256', 'name', 'size', 'mediaType', 'uploadedBy', 'uploadedAt'],
        properties: {
          sha256: sha256.schema,
          name: { type: 'string' },
          size: { type: 'integer', description: 'Bytes' },
          mediaType: { type: 'string', description: 'By the first bytes of the content' },
          uploadedBy: { type: 'string' },
          uploadedAt: { type: 'string', format: 'date-time' },
        },
      },
    },
  },
};

const upload = (operationId: string, summary: string, ...parameters: Json[]) => ({
  operationId,
  summary,
  tags,
  servers,
  security,
  'x-permission': 'files.attach',
  parameters: [fileName, ...parameters],
  requestBody: { required: true, content },
  responses: { 200: uploaded, ...refused },
});

/** What the routes of contents are to OpenAPI: their bodies are no JSON, so no procedure declares them. */
export const contentPaths: Readonly<Record<string, Json>> = {
  '/files': { post: upload('files-upload', 'Upload a file: the body is its content') },
  '/files/{sha256}': {
    put: upload('files-put', 'Upload a file whose hash is known; anything else is refused', sha256),
    get: {
      operationId: 'files-download',
      summary: 'Download a file, or a part of it',
      tags,
      servers,
      security,
      'x-permission': 'files.view',
      parameters: [sha256, record, range],
      responses: { 200: { description: 'The content', content }, 206: { description: 'The part asked for', content }, ...refused },
    },
  },
};
