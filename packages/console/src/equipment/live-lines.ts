import { useEffect, useMemo, useRef, useState } from 'react';
import { usePlatform } from '../app/platform.js';
import type { Line } from '../chart/series.js';
import { measuredUnit } from '../words/units.js';
import { goodQuality } from './signals.js';

interface Buffer {
  readonly ts: number[];
  readonly value: number[];
  readonly doubtful: boolean[];
}

interface Signal {
  readonly name: string;
  readonly unit: string;
}

/** Samples arrive many times a second; the screen follows this often. */
const drawEveryMs = 250;
const mostPages = 6;

export interface LiveLines {
  readonly lines: readonly Line[];
  readonly loading: boolean;
  /** The newest instant of any signal, Unix ms. */
  readonly newest: number | null;
}

/** The last `spanMs` of numeric signals: what is stored, then what arrives. */
export function useLiveLines(
  equipment: string,
  signals: readonly Signal[],
  spanMs: number,
  wordsOf: (signal: string) => string,
): LiveLines {
  const { yunfab } = usePlatform();
  const buffers = useRef(new Map<string, Buffer>());
  const [turn, setTurn] = useState(0);
  const [loading, setLoading] = useState(true);
  const names = signals.map(({ name }) => name).join(',');

  useEffect(() => {
    if (!names) return;
    const wanted = names.split(',');
    const ending = new AbortController();
    const kept = new Map<string, Buffer>(wanted.map((name) => [name, { ts: [], value: [], doubtful: [] }]));
    buffers.current = kept;
    let changed = false;

    const put = (name: string, ts: number, value: unknown, quality: number) => {
      const buffer = kept.get(name);
      if (!buffer || typeof value !== 'number') return;
      const last = buffer.ts.at(-1);
      if (last === undefined || ts > last) {
        buffer.ts.push(ts);
        buffer.value.push(value);
        buffer.doubtful.push(quality < goodQuality);
      } else {
        // Late or stored before it was pushed: put it in its place, once.
        let at = buffer.ts.length;
        while (at > 0 && (buffer.ts[at - 1] ?? 0) > ts) at--;
        if (buffer.ts[at - 1] === ts) return;
        buffer.ts.splice(at, 0, ts);
        buffer.value.splice(at, 0, value);
        buffer.doubtful.splice(at, 0, quality < goodQuality);
      }
      changed = true;
    };

    // All signals, as the values beside the chart ask for: one subscription serves both.
    const off = yunfab.live.telemetry({ equipment, onError: () => {} }, (values) => {
      for (const [name, samples] of Object.entries(values)) for (const [ts, value, quality] of samples) put(name, ts, value, quality);
    });

    const readStored = async () => {
      const from = Date.now() - spanMs;
      let cursor: string | undefined;
      const to = Date.now() + 60_000;
      for (let page = 0; page < mostPages; page++) {
        const reply = await yunfab.equipment.telemetry.range(
          { equipment, signals: wanted, from, to, cursor, limit: 50_000 },
          { signal: ending.signal },
        );
        for (const [name, columns] of Object.entries(reply.signals))
          columns.ts.forEach((ts, index) => put(name, ts, columns.value[index], columns.quality[index] ?? goodQuality));
        if (reply.next === null) break;
        cursor = reply.next;
      }
    };
    setLoading(true);
    void readStored()
      .catch(() => {})
      .finally(() => !ending.signal.aborted && setLoading(false));

    const timer = setInterval(() => {
      if (!changed) return;
      changed = false;
      const oldest = Date.now() - spanMs;
      for (const buffer of kept.values()) {
        const old = buffer.ts.findIndex((ts) => ts >= oldest);
        if (old > 0) {
          buffer.ts.splice(0, old);
          buffer.value.splice(0, old);
          buffer.doubtful.splice(0, old);
        }
      }
      setTurn((before) => before + 1);
    }, drawEveryMs);

    return () => {
      ending.abort();
      off();
      clearInterval(timer);
    };
  }, [yunfab, equipment, names, spanMs]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the buffers change with every turn
  return useMemo(() => {
    const lines = signals.map(({ name, unit }) => {
      const buffer = buffers.current.get(name);
      return {
        name,
        words: wordsOf(name),
        unit: measuredUnit(unit),
        ts: buffer ? [...buffer.ts] : [],
        value: buffer ? [...buffer.value] : [],
        doubtful: buffer ? [...buffer.doubtful] : [],
      };
    });
    const newest = Math.max(...lines.map((line) => line.ts.at(-1) ?? Number.NEGATIVE_INFINITY));
    return { lines, loading, newest: Number.isFinite(newest) ? newest : null };
  }, [turn, loading, names, wordsOf]);
}
