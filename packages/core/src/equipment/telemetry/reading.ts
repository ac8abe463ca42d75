import { sql } from 'kysely';
import type { Scope } from '../../database/index.js';
import type { SignalKind, SignalModel } from '../models.js';

/** A value as it was measured; null when the device said that it has none. */
export type SignalValue = number | string | boolean | null;

export interface SignalRow {
  readonly signal: string;
  readonly unit: string;
  readonly kind: SignalKind;
  readonly range_low: number | null;
  readonly range_high: number | null;
}

export interface LatestRow {
  readonly signal: string;
  readonly unit: string;
  readonly kind: SignalKind;
  readonly ts: number | null;
  readonly value: SignalValue;
  readonly quality: number | null;
}

export interface SampleRow {
  readonly signal: string;
  /** Unix ms, with a fraction when the device gave one. */
  readonly ts: number;
  readonly value: number | null;
  readonly text: string | null;
  readonly quality: number;
}

/** OPC DA (Data Access 3.0, 6.8): below 64 the quality is bad and the value says nothing. */
export const isUsable = ({ quality }: Pick<SampleRow, 'quality'>): boolean => quality >= 64;

export interface SampleRange {
  readonly equipment: string;
  /** All signals of the equipment when absent. */
  readonly signals?: readonly string[];
  /** Unix ms, inclusive. */
  readonly from: number;
  /** Unix ms, exclusive. */
  readonly to: number;
  readonly limitPerSignal: number;
}

const instant = (unixMs: number) => sql`to_timestamp(${unixMs}::double precision / 1000)`;

/** What a series is made of. */
export interface NewSeries extends Pick<SignalModel, 'name' | 'unit' | 'kind'> {
  readonly range?: { readonly low?: number | undefined; readonly high?: number | undefined } | undefined;
}

/** Gives the entered organization's equipment these series; those that it has stay as they are. */
export async function createSeries(scope: Scope, equipment: string, given: readonly NewSeries[]): Promise<void> {
  const signals = given.map(({ name, unit, kind, range }) => ({
    name,
    unit,
    kind,
    low: range?.low ?? null,
    high: range?.high ?? null,
  }));
  await sql`select telemetry.create_series(${equipment}::uuid, ${JSON.stringify(signals)}::jsonb)`.execute(scope.tx);
}

/** The signals of equipment that the organization sees; empty otherwise. */
export async function readSignals(scope: Scope, equipment: string): Promise<SignalRow[]> {
  const { rows } = await sql<SignalRow>`select * from telemetry.read_signals(${equipment}::uuid)`.execute(scope.tx);
  return rows;
}

/** Samples by signal and time, oldest first, at most `limitPerSignal` of each; empty when the equipment is not visible. */
export async function readSamples(scope: Scope, { equipment, signals, from, to, limitPerSignal }: SampleRange): Promise<SampleRow[]> {
  const { rows } = await sql<SampleRow>`
    select signal, ts_ms as ts, value, value_text as text, quality
    from telemetry.read_samples(${equipment}::uuid, ${signals ? [...signals] : null}::text[], ${instant(from)}, ${instant(to)}, ${limitPerSignal})`.execute(
    scope.tx,
  );
  return rows;
}

export function bySignal<Row extends { readonly signal: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const signals = new Map<string, Row[]>();
  for (const row of rows) {
    const own = signals.get(row.signal);
    if (own) own.push(row);
    else signals.set(row.signal, [row]);
  }
  return signals;
}

/** Unix ms from which on each is kept; null where everything is. */
export interface KeptFrom {
  readonly samples: number | null;
  readonly minutes: number | null;
  readonly hours: number | null;
  /** Events of devices, by their own time. */
  readonly events: number | null;
  /** Dead letters, by when the message last came. */
  readonly letters: number | null;
  /** Commands to devices, by when they ended. */
  readonly commands: number | null;
}

export async function readKeptFrom(scope: Scope): Promise<KeptFrom> {
  const { rows } = await sql<KeptFrom>`select * from telemetry.kept_from()`.execute(scope.tx);
  return rows[0] ?? { samples: null, minutes: null, hours: null, events: null, letters: null, commands: null };
}

/** As a reply says it: what is before it may have been dropped. */
export async function readRecordsKeptFrom(scope: Scope, kind: 'letters' | 'commands'): Promise<string | null> {
  const { [kind]: keptFrom } = await readKeptFrom(scope);
  return keptFrom === null ? null : new Date(keptFrom).toISOString();
}

/** Where a sample stands among those of its signal. */
export interface SamplePosition {
  /** Microseconds since 1970. */
  readonly us: number;
  /** 64 bits, decimal. */
  readonly ordinal: string;
}

export interface RangePage {
  readonly equipment: string;
  readonly signals: readonly string[];
  /** Unix ms, inclusive. */
  readonly from: number;
  /** Unix ms, exclusive. */
  readonly to: number;
  /** Of each signal only what stands behind it. */
  readonly after: SamplePosition | null;
  readonly limitPerSignal: number;
}

export interface RangeRow extends PageRow {
  readonly signal: string;
}

/** Samples by signal, time and ordinal, oldest first, at most `limitPerSignal` of each; empty when the equipment is not visible. */
export async function readRange(scope: Scope, { equipment, signals, from, to, after, limitPerSignal }: RangePage): Promise<RangeRow[]> {
  const fromUs = Math.max(Math.round(from * 1000), after?.us ?? Number.NEGATIVE_INFINITY);
  const ordinal = after && after.us === fromUs ? after.ordinal : null;
  const { rows } = await sql<RangeRow>`
    select w.signal, p.ts_us as us, p.ordinal::text, p.value, p.value_text as text, p.quality
    from unnest(${[...signals]}::text[]) with ordinality as w (signal, place)
    cross join lateral telemetry.read_page(${equipment}::uuid, w.signal, to_timestamp(0) + ${fromUs}::double precision * interval '1 microsecond',
      ${ordinal}::bigint, ${instant(to)}, ${limitPerSignal}) p
    order by w.place, p.ts_us, p.ordinal`.execute(scope.tx);
  return rows;
}

export interface SamplePage {
  readonly equipment: string;
  readonly signal: string;
  /** Microseconds since 1970, inclusive; where an ordinal is given, behind it. */
  readonly fromUs: number;
  readonly afterOrdinal: string | null;
  /** Unix ms, exclusive. */
  readonly to: number;
  readonly limit: number;
}

export interface PageRow extends SamplePosition {
  readonly value: number | null;
  readonly text: string | null;
  readonly quality: number;
}

/** The next samples of one signal, oldest first; a page goes on at the time and ordinal of the last. Empty when the equipment is not visible. */
export async function readSamplePage(scope: Scope, { equipment, signal, fromUs, afterOrdinal, to, limit }: SamplePage): Promise<PageRow[]> {
  const { rows } = await sql<PageRow>`
    select ts_us as us, ordinal::text, value, value_text as text, quality
    from telemetry.read_page(${equipment}::uuid, ${signal}, to_timestamp(0) + ${fromUs}::double precision * interval '1 microsecond',
      ${afterOrdinal}::bigint, ${instant(to)}, ${limit})`.execute(scope.tx);
  return rows;
}

export interface ExtremesRange {
  readonly equipment: string;
  readonly signals: readonly string[];
  /** Unix ms. */
  readonly from: number;
  readonly to: number;
  readonly buckets: number;
}

export interface ExtremeRow extends SampleRow {
  /** The bucket it lies in, from 0. */
  readonly place: number;
  readonly widthMs: number;
}

/**
 * The first, last, lowest and highest sample of each bucket and its first "none", by signal and time, each once; empty when
 * the equipment is not visible.
 */
export async function readExtremes(scope: Scope, { equipment, signals, from, to, buckets }: ExtremesRange): Promise<ExtremeRow[]> {
  const { rows } = await sql<ExtremeRow>`
    select signal, ts_ms as ts, value, value_text as text, quality, place, width_ms as "widthMs"
    from telemetry.read_extremes(${equipment}::uuid, ${[...signals]}::text[], ${instant(from)}, ${instant(to)}, ${buckets})`.execute(
    scope.tx,
  );
  return rows;
}

export interface BucketRange {
  readonly equipment: string;
  readonly signals: readonly string[];
  /** Unix ms. */
  readonly from: number;
  readonly to: number;
  readonly widthMs: number;
  /** What both ends and the width are multiples of. */
  readonly by: 'sample' | 'minute' | 'hour';
}

export interface BucketRow {
  readonly signal: string;
  /** From 0, where the range begins. */
  readonly place: number;
  readonly count: number;
  readonly numbers: number;
  readonly sum: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly first: number | null;
  readonly last: number | null;
  /** The lowest quality of what lies in it. */
  readonly worst: number | null;
}

/** What lies in each bucket that holds something, by signal and time; empty when the equipment is not visible. */
export async function readBuckets(scope: Scope, { equipment, signals, from, to, widthMs, by }: BucketRange): Promise<BucketRow[]> {
  const { rows } = await sql<BucketRow>`
    select signal, place, count::double precision, numbers::double precision, sum, low, high, first, last, worst
    from telemetry.read_buckets(${equipment}::uuid, ${[...signals]}::text[], ${instant(from)}, ${instant(to)},
      ${widthMs / 1000}::double precision, ${by})`.execute(scope.tx);
  return rows;
}

/** The newest value of every signal; `ts` is null where nothing has come yet. */
export async function readLatest(scope: Scope, equipment: string): Promise<LatestRow[]> {
  const { rows } = await sql<Omit<LatestRow, 'value'> & { value: number | null; text: string | null }>`
    select signal, unit, kind, ts_ms as ts, value, value_text as text, quality from telemetry.read_latest(${equipment}::uuid)`.execute(
    scope.tx,
  );
  return rows.map(({ value, text, ...row }) => ({ ...row, value: signalValue(row.kind, value, text) }));
}

/** What a stored pair of columns means for a signal of this kind. */
export function signalValue(kind: SignalKind, value: number | null, text: string | null): SignalValue {
  if (kind === 'text') return text;
  return kind === 'boolean' && value !== null ? value !== 0 : value;
}

export interface DeviceStatusRow {
  readonly device: string;
  readonly online: boolean | null;
  readonly changed_at: Date | null;
}

export async function readDeviceStatus(scope: Scope, equipment: string): Promise<DeviceStatusRow[]> {
  const { rows } = await sql<DeviceStatusRow>`select * from telemetry.read_device_status(${equipment}::uuid)`.execute(scope.tx);
  return rows;
}
