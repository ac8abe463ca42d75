/** One look at a printer's supply. Instants are Unix ms. */
export interface SupplyReading {
  readonly at: number;
  /** Share left, 0 to 1; null where the printer gave no share (Printer MIB −1, −2, −3). */
  readonly remaining: number | null;
  /** Its life counter (`prtMarkerLifeCount`); null when it was not read. */
  readonly pages: number | null;
}

/** Something that breaks a straight line through the readings. */
export interface SupplyEvent {
  readonly kind: 'replaced' | 'counter_reset';
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** What one local day used. */
export interface UsageDay {
  /** Days since 1970-01-01 in the printer's time zone. */
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly used: number;
  /** Share of the day that readings cover, 0 to 1. */
  readonly covered: number;
}

export interface UsageHistory {
  readonly days: readonly UsageDay[];
  readonly events: readonly SupplyEvent[];
  /** `share`: days tell shares of the supply. `pages`: days tell pages, because the printer gives no share. */
  readonly basis: 'share' | 'pages';
}

/** A rise of the share by this much is a new supply; less is the printer's own estimate wandering. */
const replacedFrom = 0.08;
const dayMs = 86_400_000;
/** Readings further apart say how much was used, not when. */
const longestGapMs = 3 * dayMs;

/** Replacements and counter resets: a share that rises, a life counter that falls. */
export function findSupplyEvents(readings: readonly SupplyReading[]): SupplyEvent[] {
  const events: SupplyEvent[] = [];
  let share: number | null = null;
  let pages: number | null = null;
  for (const reading of readings) {
    if (reading.remaining !== null) {
      if (share !== null && reading.remaining - share >= replacedFrom)
        events.push({ kind: 'replaced', at: reading.at, from: share, to: reading.remaining });
      share = reading.remaining;
    }
    if (reading.pages !== null) {
      if (pages !== null && reading.pages < pages) events.push({ kind: 'counter_reset', at: reading.at, from: pages, to: reading.pages });
      pages = reading.pages;
    }
  }
  return events;
}

/**
 * What each local day used, oldest first. Use between two readings is spread evenly over the time between them; across a
 * replacement or a reset nothing is taken as used but what is certain: from a new supply's full share down, from a new
 * counter's zero up.
 */
export function usageOf(readings: readonly SupplyReading[], timeZone: string): UsageHistory {
  const events = findSupplyEvents(readings);
  const basis = readings.filter(({ remaining }) => remaining !== null).length >= 2 ? 'share' : 'pages';
  const offset = zoneOffset(timeZone);
  const days = new Map<number, { used: number; coveredMs: number }>();
  let last: { at: number; value: number } | null = null;
  for (const { at, remaining, pages } of readings) {
    const value = basis === 'share' ? remaining : pages;
    if (value === null) continue;
    if (last && at > last.at && at - last.at <= longestGapMs)
      spread(days, { from: last.at, to: at, used: usedBetween(last.value, value, basis) }, offset);
    if (!last || at > last.at) last = { at, value };
  }
  return {
    basis,
    events,
    days: [...days]
      .sort(([a], [b]) => a - b)
      .map(([day, { used, coveredMs }]) => ({ day, weekday: weekdayOf(day), used, covered: Math.min(1, coveredMs / dayMs) })),
  };
}

function usedBetween(before: number, after: number, basis: UsageHistory['basis']): number {
  if (basis === 'pages') return after >= before ? after - before : after;
  if (after - before >= replacedFrom) return Math.max(0, 1 - after);
  return Math.max(0, before - after);
}

function spread(
  days: Map<number, { used: number; coveredMs: number }>,
  { from, to, used }: { readonly from: number; readonly to: number; readonly used: number },
  offset: (at: number) => number,
): void {
  let start = from;
  while (start < to) {
    const day = Math.floor((start + offset(start)) / dayMs);
    const end = Math.min(to, (day + 1) * dayMs - offset(start));
    const known = days.get(day) ?? { used: 0, coveredMs: 0 };
    days.set(day, { used: known.used + (used * (end - start)) / (to - from), coveredMs: known.coveredMs + end - start });
    start = end;
  }
}

/** 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

/** Days since 1970-01-01 in the time zone. */
export function localDay(at: number, timeZone: string): number {
  return Math.floor((at + zoneOffset(timeZone)(at)) / dayMs);
}

/** The instant at which a local day begins. */
export function startOfDay(day: number, timeZone: string): number {
  const offset = zoneOffset(timeZone);
  const guess = day * dayMs - offset(day * dayMs);
  return day * dayMs - offset(guess);
}

/** A local day as `2026-11-28`. */
export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

const zones = new Map<string, (at: number) => number>();

/** Ms that the zone is ahead of UTC at an instant. */
function zoneOffset(timeZone: string): (at: number) => number {
  const known = zones.get(timeZone) ?? readZone(timeZone);
  zones.set(timeZone, known);
  return known;
}

function readZone(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  // Offsets change on the hour at most a few times a year; asking once an hour keeps long histories cheap.
  const known = new Map<number, number>();
  return (at) => {
    const hour = Math.floor(at / 3_600_000);
    const held = known.get(hour);
    if (held !== undefined) return held;
    const parts = Object.fromEntries(format.formatToParts(hour * 3_600_000).map(({ type, value }) => [type, Number(value)]));
    const local = Date.UTC(
      parts['year'] as number,
      (parts['month'] as number) - 1,
      parts['day'] as number,
      parts['hour'] as number,
      parts['minute'] as number,
      parts['second'] as number,
    );
    const offset = local - hour * 3_600_000;
    known.set(hour, offset);
    return offset;
  };
}
