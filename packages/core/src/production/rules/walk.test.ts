import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ended, endedBySilence, type Instant, type RuleDefinition, silentAt, step, underWay, untouched, type WalkedRun } from './walk.js';

const pressure = (is: 'above' | 'below', value: number, forMs: number, deadband = 0) => ({
  match: 'all' as const,
  forMs,
  conditions: [{ signal: 'pressure', is, value, deadband }],
});
const press: RuleDefinition = {
  opens: pressure('above', 2, 5_000),
  closes: pressure('below', 1, 10_000),
  minimumMs: 0,
  silenceMs: 600_000,
  program: null,
};

function walked(rule: RuleDefinition, instants: readonly Instant[]): WalkedRun[] {
  const runs: WalkedRun[] = [];
  let state = untouched;
  for (const instant of instants) {
    const { state: next, closed } = step(rule, state, instant);
    if (closed) runs.push(closed);
    state = next;
  }
  const open = underWay(rule, state);
  return open ? [...runs, open] : runs;
}

/** One sample a second from 0; a hole is a second without one. */
const eachSecond = (signal: string, values: readonly (number | string | null | undefined)[], stepMs = 1_000): Instant[] =>
  values.flatMap((value, n) => (value === undefined ? [] : [{ ts: n * stepMs, values: { [signal]: value } }]));
const bar = (...stretches: readonly (readonly [value: number | null | undefined, seconds: number])[]) =>
  eachSecond(
    'pressure',
    stretches.flatMap(([value, seconds]) => Array<number | null | undefined>(seconds).fill(value)),
  );

describe('a curing press: over 2 bar for 5 s opens, under 1 bar for 10 s closes', () => {
  it.each<[string, Instant[], [number, number | null][]]>([
    ['begins when the pressure came, ends when it went', bar([0, 10], [3, 60], [0, 11]), [[10_000, 70_000]]],
    ['is under way until the end has held', bar([0, 10], [3, 60], [0, 10]), [[10_000, null]]],
    ['holds until the next sample, also where one is missing', bar([0, 10], [3, 4], [undefined, 2], [0, 20]), [[10_000, 16_000]]],
    ['is none when the knock was over before it had held', bar([3, 4], [0, 20]), []],
    ['goes on through a dip that does not hold', bar([3, 20], [0.5, 9], [3, 20], [0, 11]), [[0, 49_000]]],
    ['goes on between the two thresholds', bar([3, 20], [1.5, 100], [0.5, 11]), [[0, 120_000]]],
    ['does not close on what is not known', bar([3, 20], [null, 100], [3, 5], [0, 11]), [[0, 125_000]]],
    [
      'ends with the last sample before a long silence',
      bar([3, 20], [undefined, 700], [3, 10]),
      [
        [0, 19_000],
        [720_000, null],
      ],
    ],
  ])('%s', (_what, instants, runs) => {
    expect(walked(press, instants).map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual(runs);
  });

  it('of less than the minimum is none, not even for a while', () => {
    const rule = { ...press, minimumMs: 60_000 };
    for (let length = 1; length < 80; length++) expect(walked(rule, bar([3, 59], [0, 20]).slice(0, length))).toEqual([]);
    expect(walked(rule, bar([3, 60], [0, 11]))).toEqual([{ startedAt: 0, endedAt: 60_000, program: null, endedBySilence: false }]);
  });

  it('says whether it ended because nothing came, and without a limit goes on through any silence', () => {
    const instants = bar([3, 20], [undefined, 700], [3, 10], [0, 11]);
    const known = { program: null, endedBySilence: false };
    expect(walked(press, instants)).toEqual([
      { ...known, startedAt: 0, endedAt: 19_000, endedBySilence: true },
      { ...known, startedAt: 720_000, endedAt: 730_000 },
    ]);
    expect(walked({ ...press, silenceMs: null }, instants)).toEqual([{ ...known, startedAt: 0, endedAt: 730_000 }]);
  });
});

describe('an oven: door closed and hot', () => {
  const oven: RuleDefinition = {
    opens: {
      match: 'all',
      forMs: 0,
      conditions: [
        { signal: 'door_open', is: 'equal', value: false },
        { signal: 'temperature', is: 'above', value: 180, deadband: 5 },
      ],
    },
    closes: { match: 'all', conditions: [], forMs: 0 },
    minimumMs: 0,
    silenceMs: 600_000,
    program: 'program',
  };

  it('holds on while it is within the deadband, and takes the recipe as its program', () => {
    const instants: Instant[] = [
      { ts: 0, values: { door_open: 0, temperature: 179, program: 'P-7' } },
      { ts: 10, values: { temperature: 181 } },
      { ts: 20, values: { temperature: 176 } },
      { ts: 30, values: { temperature: 175 } },
      { ts: 40, values: { temperature: 179 } },
      { ts: 50, values: { temperature: 190, program: null } },
      { ts: 60, values: { program: 'P-8' } },
      { ts: 70, values: { door_open: 1 } },
    ];
    expect(walked(oven, instants)).toEqual([
      { startedAt: 10, endedAt: 30, program: 'P-7', endedBySilence: false },
      { startedAt: 50, endedAt: 70, program: 'P-8', endedBySilence: false },
    ]);
  });

  it('cuts a long recipe at no half of a character, which no checkpoint could hold', () => {
    const program = `${'P'.repeat(199)}🛞`;
    const instants: Instant[] = [
      { ts: 0, values: { door_open: 0, temperature: 200, program } },
      { ts: 10, values: { door_open: 1 } },
    ];
    expect(walked(oven, instants)).toEqual([{ startedAt: 0, endedAt: 10, program: 'P'.repeat(199), endedBySilence: false }]);
  });

  it('that closes by something else opens again only after what opens has ceased', () => {
    const rule: RuleDefinition = {
      ...oven,
      closes: { match: 'any', forMs: 0, conditions: [{ signal: 'program', is: 'equal', value: 'done' }] },
    };
    const instants: Instant[] = [
      { ts: 0, values: { door_open: 0, temperature: 200, program: 'P' } },
      { ts: 10, values: { program: 'done' } },
      { ts: 20, values: { program: 'P' } },
      { ts: 30, values: { door_open: 1 } },
      { ts: 40, values: { door_open: 0 } },
      { ts: 50, values: { temperature: 200 } },
    ];
    expect(walked(rule, instants)).toEqual([
      { startedAt: 0, endedAt: 10, program: 'P', endedBySilence: false },
      { startedAt: 40, endedAt: null, program: 'P', endedBySilence: false },
    ]);
  });

  it('that closes by something else does not open again because a value was missing for a moment', () => {
    const rule: RuleDefinition = {
      ...oven,
      closes: { match: 'any', forMs: 0, conditions: [{ signal: 'program', is: 'equal', value: 'done' }] },
    };
    const begin: Instant[] = [
      { ts: 0, values: { door_open: 0, temperature: 200, program: 'P' } },
      { ts: 10, values: { program: 'done' } },
      { ts: 15, values: { program: 'P' } },
    ];
    const one = { startedAt: 0, endedAt: 10, program: 'P', endedBySilence: false };
    const missing: Instant[] = [
      { ts: 20, values: { temperature: null } },
      { ts: 30, values: { temperature: 200 } },
      { ts: 40, values: { temperature: 200 } },
    ];
    expect(walked(rule, [...begin, ...missing])).toEqual([one]);
    // Missing as it closed, too.
    const atClose = { ts: 10, values: { program: 'done', temperature: null } };
    expect(walked(rule, begin.with(1, atClose).concat(missing))).toEqual([one]);
    const cooled: Instant[] = [
      { ts: 50, values: { temperature: 20 } },
      { ts: 60, values: { temperature: 200 } },
      { ts: 70, values: { temperature: 200 } },
    ];
    expect(walked(rule, [...begin, ...missing, ...cooled])).toEqual([
      one,
      { startedAt: 60, endedAt: null, program: 'P', endedBySilence: false },
    ]);
  });
});

/** The same rule reckoned in another way: from the stretches in which each condition held, without going along. */
function reckoned({ minimumMs }: RuleDefinition, silenceMs: number, instants: readonly Instant[]): WalkedRun[] {
  const parts: { ts: number; value: number | null }[][] = [];
  for (const { ts, values } of instants) {
    const last = parts.at(-1)?.at(-1);
    const sample = { ts, value: values['pressure'] as number | null };
    if (!last || ts - last.ts > silenceMs) parts.push([sample]);
    else parts.at(-1)?.push(sample);
  }
  return parts.flatMap((part, place) => {
    const end = part.at(-1)?.ts ?? 0;
    /** Where `test` holds: from its first sample to the first where it does not; the last of a part lasts to its end. */
    const stretches = (test: (value: number) => boolean) => {
      const found: { from: number; to: number }[] = [];
      for (const [n, { ts, value }] of part.entries()) {
        if (value === null || !test(value)) continue;
        const before = part[n - 1];
        const to = part[n + 1]?.ts ?? end;
        if (before && before.value !== null && test(before.value)) (found.at(-1) as { to: number }).to = to;
        else found.push({ from: ts, to });
      }
      return found;
    };
    const high = stretches((value) => value > 2).filter(({ from, to }) => to - from >= 5_000);
    const low = stretches((value) => value < 1).filter(({ from, to }) => to - from >= 10_000);
    const pending = stretches((value) => value < 1).find(
      ({ to, from }) => to === end && (part.at(-1)?.value ?? 5) < 1 && to - from < 10_000,
    );
    const runs: WalkedRun[] = [];
    for (const { from } of high) {
      const last = runs.at(-1);
      if (last && (last.endedAt === null || from < last.endedAt)) continue;
      const endedAt = low.find((stretch) => stretch.from > from)?.from ?? null;
      runs.push({ startedAt: from, endedAt, program: null, endedBySilence: false });
    }
    const silent = place < parts.length - 1;
    return runs.flatMap((run) => {
      const until = run.endedAt ?? (pending && pending.from > run.startedAt ? pending.from : end);
      if (until - run.startedAt < Math.max(1, minimumMs)) return [];
      return [run.endedAt === null && silent ? { ...run, endedAt: until, endedBySilence: true } : run];
    });
  });
}

const level = fc.constantFrom(0, 0.5, 1, 1.5, 2, 2.5, 3, null);
const history = fc
  .array(
    fc.record({
      gap: fc.constantFrom(1, 500, 1_000, 4_999, 5_000, 5_001, 10_000, 30_000),
      value: level,
      times: fc.integer({ min: 1, max: 8 }),
    }),
    { maxLength: 25 },
  )
  .map((stretches) => {
    let ts = 0;
    return stretches.flatMap(({ gap, value, times }) =>
      Array.from({ length: times }, () => ({ ts: (ts += gap), values: { pressure: value } })),
    );
  });
const minimum = fc.constantFrom(0, 7_000, 20_000);

it('equals a reckoning by stretches', () => {
  fc.assert(
    fc.property(history, minimum, (instants, minimumMs) => {
      expect(walked({ ...press, minimumMs, silenceMs: 20_000 }, instants)).toEqual(reckoned({ ...press, minimumMs }, 20_000, instants));
    }),
    { numRuns: 500 },
  );
});

it('says of a silence, by the clock, what the next sample says of it, whenever that comes and whatever it is', () => {
  const silenceMs = 20_000;
  fc.assert(
    fc.property(history, minimum, fc.integer({ min: -5_000, max: 1_000_000 }), level, (instants, minimumMs, longer, pressure) => {
      const rule = { ...press, minimumMs, silenceMs };
      let state = untouched;
      for (const instant of instants) state = step(rule, state, instant).state;
      const ts = (state.at ?? 0) + silenceMs + longer;
      expect(silentAt(rule, state, ts)).toBe(state.at !== null && longer > 0);
      expect(silentAt({ ...rule, silenceMs: null }, state, ts)).toBe(false);
      if (silentAt(rule, state, ts)) expect(step(rule, state, { ts, values: { pressure } }).closed).toEqual(endedBySilence(rule, state));
    }),
    { numRuns: 500 },
  );
});

it('ends what is under way with the last that is known of it', () => {
  let state = untouched;
  for (const instant of bar([3, 30], [0, 4])) state = step(press, state, instant).state;
  expect(ended(press, state)).toEqual({ startedAt: 0, endedAt: 30_000, program: null, endedBySilence: false });
});
