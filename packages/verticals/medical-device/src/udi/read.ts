import { medicalDeviceErrors } from '../errors.js';
import type { ParsedUdi } from './identification.js';
import { parseUdi } from './parse.js';

/** A code that has to name a device: throws `medical-device.code_unreadable` with its first issue otherwise. */
export function requireUdi(scan: string, today: Date): ParsedUdi & { readonly di: string } {
  const parsed = parseUdi(scan, today);
  const [first] = parsed.issues;
  if (!first && parsed.di !== null) return { ...parsed, di: parsed.di };
  throw medicalDeviceErrors.code_unreadable({ scan: scan.slice(0, 60), at: first?.at || 'UDI-DI', issues: parsed.issues });
}

/** A device identifier, as a GTIN alone or within a whole code. */
export const requireDi = (text: string, today: Date): string => requireUdi(text, today).di;
