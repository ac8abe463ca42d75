import { equipmentErrors } from '../errors.js';

/** Throws `equipment.parameters_unusable` for what is too long or too deep for a device to read. */
export function assertSendable(given: Readonly<Record<string, unknown>>, most: { readonly bytes: number; readonly levels: number }): void {
  const bytes = Buffer.byteLength(JSON.stringify(given));
  if (bytes > most.bytes) throw equipmentErrors.parameters_unusable({ problem: `${bytes} bytes; at most ${most.bytes}` });
  if (depthOf(given) > most.levels) throw equipmentErrors.parameters_unusable({ problem: `more than ${most.levels} levels` });
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
