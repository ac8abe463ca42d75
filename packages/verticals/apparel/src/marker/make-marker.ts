import { Worker } from 'node:worker_threads';
import { holds, type Issue } from '../issue.js';
import { checkProblem } from './check-problem.js';
import { checkMarker } from './exact-check.js';
import type { Marker, MarkerProblem } from './marker.js';
import { pack } from './pack.js';

/** When a search ends: after so many moves of a copy, which is the same on every machine, or after so many ms. */
export type MarkerEffort = { readonly iterations: number } | { readonly budgetMs: number };

export type MarkerOptions = MarkerEffort & {
  /** The same seed and iterations give the same marker. */
  readonly seed?: number;
  /** Called with each better marker, every one of them exactly checked. */
  readonly onProgress?: (marker: Marker) => void;
};

/** The shortest marker found, or why there is none. */
export type MarkerOutcome =
  | { readonly issues: readonly []; readonly marker: Marker }
  | { readonly issues: readonly Issue[]; readonly marker?: never };

/** Packs in this thread, which is busy until the end. */
export function makeMarkerSync(problem: MarkerProblem, options: MarkerOptions, isStopped: () => boolean = () => false): MarkerOutcome {
  const issues = checkProblem(problem);
  if (!holds(issues)) return { issues };
  let best: Marker | undefined;
  let rejected: readonly Issue[] = [];
  const started = performance.now();
  const spent = (moves: number): number => {
    if (isStopped()) return 1;
    return 'iterations' in options ? moves / options.iterations : (performance.now() - started) / options.budgetMs;
  };
  pack(problem, options.seed ?? 1, { spent }, (marker) => {
    const found = checkMarker(problem, marker);
    if (found.length > 0) {
      rejected = found;
      return;
    }
    if (best && best.length <= marker.length) return;
    best = marker;
    options.onProgress?.(marker);
  });
  return best ? { issues: [], marker: best } : { issues: rejected };
}

/** What the worker is given; `stop` is shared, 1 ends the search. */
export interface MarkerTask {
  readonly problem: MarkerProblem;
  readonly effort: MarkerEffort;
  readonly seed: number;
  readonly stop: SharedArrayBuffer;
}

export type MarkerReply =
  | { readonly kind: 'progress'; readonly marker: Marker }
  | { readonly kind: 'outcome'; readonly outcome: MarkerOutcome };

/**
 * Packs in a thread of its own. An aborted `signal` ends the search early with the best marker found so far: what was found is
 * valid at any time. Rejects only when the thread itself fails.
 */
export async function makeMarker(
  problem: MarkerProblem,
  { signal, onProgress, seed = 1, ...effort }: MarkerOptions & { readonly signal?: AbortSignal },
): Promise<MarkerOutcome> {
  const issues = checkProblem(problem);
  if (!holds(issues)) return { issues };
  const stop = new SharedArrayBuffer(4);
  const halt = () => void Atomics.store(new Int32Array(stop), 0, 1);
  if (signal?.aborted) halt();
  signal?.addEventListener('abort', halt, { once: true });
  const task: MarkerTask = { problem, effort, seed, stop };
  const worker = new Worker(workerUrl, { workerData: task });
  try {
    return await new Promise<MarkerOutcome>((resolve, reject) => {
      worker.on('message', (reply: MarkerReply) => {
        if (reply.kind === 'progress') onProgress?.(reply.marker);
        else resolve(reply.outcome);
      });
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the marker worker ended with code ${code} before it answered`)));
    });
  } finally {
    signal?.removeEventListener('abort', halt);
    await worker.terminate();
  }
}

/** From source (tests) the built worker is used: a thread loads no TypeScript. */
const workerUrl = new URL(import.meta.url.endsWith('.ts') ? '../../dist/marker/worker.js' : './worker.js', import.meta.url);
