type Json = Record<string, unknown>;

/** The operations of one route, by the path under which OpenAPI knows it. */
export type Described = Readonly<Record<string, Json>>;

interface Beside {
  readonly operationId: string;
  readonly summary: string;
  readonly tag: string;
  /** What the caller must be permitted to; left out: nobody has to be signed in by an API key. */
  readonly permission?: string;
  readonly parameters?: readonly Json[];
  readonly requestBody?: Json;
  readonly responses: Json;
  /** `/api` when left out. */
  readonly server?: string;
}

const refused = { default: { $ref: '#/components/responses/Refused' } };

/** An operation that no procedure declares, because its body is no JSON or it is not about trade. */
export function operation({ tag, permission, server = '/api', responses, ...said }: Beside): Json {
  return {
    ...said,
    tags: [tag],
    servers: [{ url: server }],
    ...(permission ? { security: [{ apiKey: [] }], 'x-permission': permission } : { security: [] }),
    responses: { ...responses, ...refused },
  };
}

export const inPath = (name: string, description: string, schema: Json): Json => ({
  name,
  in: 'path',
  required: true,
  description,
  schema,
});
export const inQuery = (name: string, description: string, schema: Json): Json => ({ name, in: 'query', description, schema });
export const inHeader = (name: string, description: string, schema: Json): Json => ({ name, in: 'header', description, schema });

export const uuid = { type: 'string', format: 'uuid' };
export const binary = { type: 'string', format: 'binary' };

/** A body of one media type. */
export const body = (type: string, schema: Json): Json => ({ content: { [type]: { schema } } });
export const answer = (description: string, type: string, schema: Json): Json => ({ description, ...body(type, schema) });

export const organizationToActFor = inQuery('organization', 'Code of the organization to act for, for links, which carry no header', {
  type: 'string',
  maxLength: 40,
});
