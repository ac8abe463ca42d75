import { answer, binary, body, type Described, inHeader, inQuery, operation, organizationToActFor } from './operation.js';

const json = 'application/json';
const object = { type: 'object' };
const cursor = { type: 'integer', minimum: 0 };

const credentials = {
  type: 'object',
  required: ['email', 'password'],
  properties: { email: { type: 'string', format: 'email' }, password: { type: 'string' } },
};
const words = { type: 'object', required: ['en', 'zh'], properties: { en: { type: 'string' }, zh: { type: 'string' } } };
const person = answer('Who is signed in, and for which organizations', json, {
  type: 'object',
  required: ['person', 'organizations'],
  properties: {
    person: {
      type: 'object',
      required: ['id', 'name', 'email', 'locale'],
      properties: { id: { type: 'string' }, name: { type: 'string' }, email: { type: 'string' }, locale: { type: 'string' } },
    },
    organizations: {
      type: 'array',
      items: {
        type: 'object',
        required: ['code', 'name', 'timeZone', 'roles'],
        properties: {
          code: { type: 'string' },
          name: words,
          timeZone: { type: 'string' },
          roles: { type: 'array', items: { type: 'string' } },
        },
      },
    },
  },
});

const session: Readonly<Record<string, Described>> = {
  'POST /api/session': {
    '/session': operation({
      operationId: 'session-open',
      summary: 'Sign in with e-mail and password; the answer sets the session cookie',
      tag: 'session',
      requestBody: { required: true, ...body(json, credentials) },
      responses: { 200: person },
    }),
  },
  'GET /api/session': {
    '/session': operation({
      operationId: 'session-get',
      summary: 'Who is signed in, by the session cookie',
      tag: 'session',
      responses: { 200: person },
    }),
  },
  'DELETE /api/session': {
    '/session': operation({
      operationId: 'session-close',
      summary: 'Sign out',
      tag: 'session',
      responses: { 204: { description: 'Signed out' } },
    }),
  },
};

const decision = answer('`allow` or `deny`', json, {
  type: 'object',
  required: ['result', 'is_superuser'],
  properties: { result: { type: 'string', enum: ['allow', 'deny'] }, is_superuser: { type: 'boolean', const: false } },
});
const mqttQuestion = (required: readonly string[]) => ({
  type: 'object',
  required,
  properties: Object.fromEntries(required.map((name) => [name, { type: 'string' }])),
});
const shownByBroker = inHeader('Authorization', '`Bearer` and YUNFAB_MQTT_AUTH_SECRET', { type: 'string' });

/** What a broker outside asks (EMQX 5); there only with YUNFAB_MQTT_AUTH_SECRET. */
const brokers: Readonly<Record<string, Described>> = {
  'POST /api/mqtt/authenticate': {
    '/mqtt/authenticate': operation({
      operationId: 'mqtt-authenticate',
      summary: 'Whether a device may connect to the broker that asks',
      tag: 'platform',
      parameters: [shownByBroker],
      requestBody: { required: true, ...body(json, mqttQuestion(['username', 'password', 'clientid'])) },
      responses: { 200: decision },
    }),
  },
  'POST /api/mqtt/authorize': {
    '/mqtt/authorize': operation({
      operationId: 'mqtt-authorize',
      summary: 'Whether a device may publish on a topic, or subscribe to it',
      tag: 'platform',
      parameters: [shownByBroker],
      requestBody: { required: true, ...body(json, mqttQuestion(['username', 'clientid', 'action', 'topic'])) },
      responses: { 200: decision },
    }),
  },
};

const installers: Readonly<Record<string, Described>> = {
  'POST /api/device-claims/redeem': {
    '/device-claims/redeem': operation({
      operationId: 'device-claim-redeem',
      summary: 'Exchange a claim code for the credential of its device, once',
      tag: 'equipment',
      requestBody: {
        required: true,
        ...body(json, { type: 'object', required: ['code'], properties: { code: { type: 'string', maxLength: 60 } } }),
      },
      responses: {
        200: answer('The credential; it is shown here only', json, {
          type: 'object',
          required: ['organization', 'device', 'username', 'token'],
          properties: Object.fromEntries(['organization', 'device', 'username', 'token'].map((name) => [name, { type: 'string' }])),
        }),
      },
    }),
  },
};

/** What watches the platform asks, not what trades on it. */
const operations: Readonly<Record<string, Described>> = {
  'GET /livez': {
    '/livez': operation({
      operationId: 'platform-live',
      summary: 'Whether the process answers',
      tag: 'platform',
      server: '/',
      responses: { 200: answer('It does', json, object) },
    }),
  },
  'GET /readyz': {
    '/readyz': operation({
      operationId: 'platform-ready',
      summary: 'Whether the process can do its work',
      tag: 'platform',
      server: '/',
      responses: { 200: answer('It can', json, object), 503: answer('It cannot, and why', json, object) },
    }),
  },
  'GET /metrics': {
    '/metrics': operation({
      operationId: 'platform-metrics',
      summary: 'Figures in the text format of Prometheus',
      tag: 'platform',
      server: '/',
      responses: { 200: answer('The figures', 'text/plain', { type: 'string' }) },
    }),
  },
};

export const platform: Readonly<Record<string, Described>> = {
  ...session,
  ...installers,
  ...operations,
  ...brokers,
  'GET /api/events': {
    // Named from the root: below /api/v1 the same path is the list.
    '/api/events': operation({
      server: '/',
      operationId: 'events-stream',
      summary: 'The feed of your organization as server-sent events; the id of each is the cursor',
      tag: 'events',
      permission: 'events.read',
      parameters: [
        inQuery('after', 'Cursor behind which to begin; from now on when left out', cursor),
        inHeader('Last-Event-ID', 'The same, as browsers send it after a break', cursor),
      ],
      responses: { 200: answer('Events as they come', 'text/event-stream', { type: 'string' }) },
    }),
  },
  'GET /api/export': {
    '/export': operation({
      operationId: 'export-download',
      summary: 'Everything that your organization may see of its own, as ZIP',
      tag: 'access',
      permission: 'access.export',
      parameters: [organizationToActFor],
      responses: { 200: answer('The archive', 'application/zip', binary) },
    }),
  },
  'GET /api/errors.json': {
    '/errors.json': operation({
      operationId: 'errors-list',
      summary: 'Every code of a refusal with its sentence in both languages',
      tag: 'platform',
      responses: { 200: answer('By code', json, { type: 'object', additionalProperties: words }) },
    }),
  },
  'GET /api/openapi.json': {
    '/openapi.json': operation({
      operationId: 'openapi-document',
      summary: 'This document',
      tag: 'platform',
      responses: { 200: answer('OpenAPI 3.1', json, object) },
    }),
  },
};
