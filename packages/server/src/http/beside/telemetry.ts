import { answer, binary, type Described, inPath, inQuery, operation, organizationToActFor, uuid } from './operation.js';

const at = (name: string, description: string) => ({
  ...inQuery(name, `${description}: Unix ms, or ISO 8601 with its zone`, { type: 'string' }),
  required: true,
});

const parameters = [
  inPath('equipment', 'Id of the equipment', uuid),
  at('from', 'Inclusive'),
  at('to', 'Exclusive'),
  inQuery('signals', 'Names of signals, joined by commas; all when left out', { type: 'string' }),
  organizationToActFor,
];

const said = { tag: 'equipment', permission: 'equipment.read', parameters } as const;

export const telemetry: Readonly<Record<string, Described>> = {
  'GET /api/telemetry/:file': {
    '/telemetry/{equipment}.csv': operation({
      ...said,
      operationId: 'telemetry-csv',
      summary: 'Every sample of a time range as CSV (RFC 4180, UTF-8 with byte order mark)',
      responses: { 200: answer('Signal, unit, time, value and quality', 'text/csv', { type: 'string' }) },
    }),
    '/telemetry/{equipment}.parquet': operation({
      ...said,
      operationId: 'telemetry-parquet',
      summary: 'Every sample of a time range as Apache Parquet',
      responses: { 200: answer('Signal, unit, time, number, boolean, text and quality', 'application/vnd.apache.parquet', binary) },
    }),
  },
};
