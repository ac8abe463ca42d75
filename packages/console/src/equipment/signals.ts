import type { Client } from '../app/client.js';

export type Equipment = Awaited<ReturnType<Client['equipment']['get']>>;

/** OPC: 192 and above is good. */
export const goodQuality = 192;
/** OPC: below it the value is bad, between doubtful. */
export const usableQuality = 64;

/** Without an industry's page to say which signals matter, this many are drawn at first. */
export const drawnAtFirst = 4;

/** Numeric signals: those that are preferred first, in their order. */
export function signalsOf({ signals }: Equipment, preferred: readonly string[] | undefined): Equipment['signals'] {
  const numeric = signals.filter(({ kind }) => kind === 'number');
  if (!preferred) return numeric;
  const first = preferred.flatMap((name) => numeric.find((signal) => signal.name === name) ?? []);
  return [...first, ...numeric.filter((signal) => !first.includes(signal))];
}
