import type { AnyRouter } from '@trpc/server';
import { generateOpenApiDocument } from 'trpc-to-openapi';
import { restProcedures } from './rest-procedures.js';

type Json = Record<string, unknown>;

/** OpenAPI 3.1 of /api/v1, made from the procedures themselves, and of `further` paths beside them. */
export function openApiDocument(router: AnyRouter, version: string, further: Readonly<Record<string, Json>> = {}): Json {
  const document = generateOpenApiDocument(router as never, {
    title: 'Yunfab 云制',
    description: 'Shared orders between competing companies, their machines as evidence. 竞争企业共用的订单与制造协同平台。',
    version,
    baseUrl: '/api/v1',
    openApiVersion: '3.1.0',
    securitySchemes: {
      apiKey: { type: 'http', scheme: 'bearer', description: 'API key: `Authorization: Bearer yf_…`' },
    },
  }) as unknown as Json;
  for (const { place, kind, permission } of restProcedures(router)) {
    const operation = ((document['paths'] as Json)[place.path] as Json)[place.method.toLowerCase()] as Json;
    const { 200: success } = operation['responses'] as Json;
    operation['responses'] = { 200: success, default: { $ref: '#/components/responses/Refused' } };
    if (permission) operation['x-permission'] = permission;
    if (kind === 'command')
      operation['parameters'] = [...((operation['parameters'] as unknown[]) ?? []), { $ref: '#/components/parameters/IdempotencyKey' }];
  }
  const paths = document['paths'] as Record<string, Json>;
  for (const [path, operations] of Object.entries(further)) {
    const twice = Object.keys(operations).find((method) => paths[path]?.[method]);
    if (twice) throw new Error(`${twice} ${path} is described twice: as a procedure and beside them`);
    paths[path] = { ...paths[path], ...operations };
  }
  const components = document['components'] as Json;
  components['parameters'] = { ...(components['parameters'] as Json), IdempotencyKey: idempotencyKey };
  components['responses'] = { ...(components['responses'] as Json), Refused: refused };
  return document;
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'One per change; sending it again with the same body gives the first reply.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

const refused = {
  description: 'Refused; `code` says why.',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['error'],
        properties: {
          error: {
            type: 'object',
            required: ['code', 'message', 'details', 'requestId'],
            properties: {
              code: { type: 'string', examples: ['request.not_found'] },
              message: { type: 'string' },
              details: { type: 'object', additionalProperties: true },
              requestId: { type: 'string' },
            },
          },
        },
      },
    },
  },
};
