import { Readable } from 'node:stream';
import { type Actor, accessErrors } from '@yunfab/core/access';
import { type Clock, createCallerFactory, requestErrors } from '@yunfab/core/commands';
import { type Database, inScope, type OrganizationId } from '@yunfab/core/database';
import { equipmentErrors, findEquipment, readSamplePage } from '@yunfab/core/equipment';
import contentDisposition from 'content-disposition';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Logger } from '../../operations/log.js';
import type { RpcOptions } from '../trpc.js';
import { csvOf } from './csv.js';
import { type ExportedPage, type ExportedSignal, pagesOf, type ReadPage, rowsPerPage } from './pages.js';
import { parquetOf } from './parquet.js';

export interface TelemetryExportOptions extends RpcOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly actorOf: (request: FastifyRequest) => Promise<Actor | null>;
  readonly log: Logger;
}

const formats: Readonly<
  Record<'csv' | 'parquet', { readonly type: string; readonly write: (pages: AsyncIterable<ExportedPage>) => AsyncIterable<Buffer> }>
> = {
  csv: { type: 'text/csv; charset=utf-8', write: csvOf },
  parquet: { type: 'application/vnd.apache.parquet', write: parquetOf },
};

/** Unix ms, or ISO 8601 with its zone. */
const instant = z.union([
  z
    .string()
    .regex(/^\d{1,13}$/)
    .transform(Number),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
]);

const asked = z.object({
  file: z
    .string()
    .regex(/^[0-9a-f-]{36}\.(csv|parquet)$/, 'ask for {equipment}.csv or {equipment}.parquet')
    .transform((file) => ({ equipment: file.slice(0, 36), format: file.slice(37) as keyof typeof formats })),
  from: instant,
  to: instant,
  signals: z
    .string()
    .max(8_100)
    .transform((names) => names.split(','))
    .optional(),
  /** For links, which carry no header: code of the organization to act for. */
  organization: z.string().max(40).optional(),
});

/** Of one organization. */
const mostAtOnce = 2;
/** A reader that takes nothing for so long has gone. */
const stalledMs = 120_000;

interface Equipment {
  readonly code: string;
  readonly signals: readonly ExportedSignal[];
}

/**
 * `GET /api/telemetry/{equipment}.csv?from=&to=&signals=`, and `.parquet`: every sample, by signal and time. Whether it may be
 * read is the answer of the procedure `equipment.get`; whether the equipment is still visible is asked with every page. Each page is
 * a transaction of its own, so that a slow reader holds nothing.
 */
export function telemetryExportRoutes({ router, contextOf, database, clock, actorOf, log }: TelemetryExportOptions) {
  const createCaller = createCallerFactory(router);
  const running = new Map<OrganizationId, number>();
  return async (app: FastifyInstance): Promise<void> => {
    app.get('/api/telemetry/:file', { exposeHeadRoute: false }, async (request, reply) => {
      const { file, from, to, signals, organization } = whatIsAsked(request);
      if (organization !== undefined) request.headers['x-yunfab-organization'] ??= organization;
      const caller = createCaller(await contextOf(request)) as unknown as {
        equipment: { get(input: { equipment: string }): Promise<Equipment> };
      };
      const found = await caller.equipment.get({ equipment: file.equipment });
      const wanted = wantedOf(found.signals, signals);
      if (to <= from) throw equipmentErrors.range_empty({ from, to });
      const actor = await actorOf(request);
      if (!actor) throw accessErrors.unauthenticated();
      const release = take(running, actor.organization);
      const read = pageReader({ database, clock, actor, equipment: file.equipment, from, to });
      const { type, write } = formats[file.format];
      const output = Readable.from(write(pagesOf(wanted, read)), { objectMode: false });
      output.once('close', release);
      output.once('error', (err) => log.warn({ err, equipment: file.equipment }, 'an export of telemetry ended before it was whole'));
      reply.raw.setTimeout(stalledMs, () => output.destroy(new Error('the reader has stalled')));
      return send(reply, { name: nameOf(found.code, from, to, file.format), type }, output);
    });
  };
}

interface Reading {
  readonly database: Database;
  readonly clock: Clock;
  readonly actor: Actor;
  readonly equipment: string;
  readonly from: number;
  readonly to: number;
}

/** Throws `request.not_found` when the equipment is no longer visible: a grant may end while a file is written. */
function pageReader({ database, clock, actor, equipment, from, to }: Reading): ReadPage {
  return ({ name: signal }, last) =>
    inScope(database.runtime, { organization: actor.organization, actor, now: clock(), readOnly: true }, async (scope) => {
      if (!(await findEquipment(scope, equipment))) throw requestErrors.not_found({ kind: 'equipment' });
      const begin = { fromUs: last?.us ?? from * 1000, afterOrdinal: last?.ordinal ?? null };
      return readSamplePage(scope, { equipment, signal, ...begin, to, limit: rowsPerPage });
    });
}

function take(running: Map<OrganizationId, number>, organization: OrganizationId): () => void {
  const own = running.get(organization) ?? 0;
  if (own >= mostAtOnce) throw equipmentErrors.export_busy({ most: mostAtOnce });
  running.set(organization, own + 1);
  return () => {
    const left = (running.get(organization) ?? 1) - 1;
    if (left > 0) running.set(organization, left);
    else running.delete(organization);
  };
}

function wantedOf(all: readonly ExportedSignal[], names: readonly string[] | undefined): readonly ExportedSignal[] {
  const unknown = names?.find((name) => !all.some((each) => each.name === name));
  if (unknown !== undefined) throw equipmentErrors.signal_unknown({ signal: unknown, known: all.map(({ name }) => name).join(', ') });
  return names ? all.filter(({ name }) => names.includes(name)) : all;
}

function whatIsAsked(request: FastifyRequest): z.output<typeof asked> {
  const read = asked.safeParse({ ...(request.query as object), ...(request.params as object) });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw requestErrors.invalid({ field: issue?.path.join('.'), problem: issue?.message });
}

const nameOf = (code: string, from: number, to: number, format: string): string =>
  `telemetry-${code}-${[from, to].map((at) => new Date(at).toISOString().slice(0, 16).replaceAll(':', '')).join('-')}.${format}`;

function send(reply: FastifyReply, { name, type }: { readonly name: string; readonly type: string }, output: Readable): FastifyReply {
  return reply
    .headers({
      'content-type': type,
      'content-disposition': contentDisposition(name),
      'cache-control': 'private, no-store',
    })
    .send(output);
}
