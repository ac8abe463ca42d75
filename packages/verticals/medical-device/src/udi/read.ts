import { medicalDeviceErrors } from '../errors.js';
import type { ParsedUdi } from './identification.js';
import { parseUdi } from './parse.js';

/** A code that has to name a device: throws `medical-device.code_unreadable` with its first issue otherwise. */
export function requireUdi(scan: string, today: Date): ParsedUdi & { readonly di: string } {
  const parsed = parseUdi(scan, today);
  const [first] = parsed.issues;
  if (!first && parsed.di !== null) return { ...parsed, di: parsed.di };
  const words = first?.words ?? { en: 'It names no device; scan the primary code.', zh: '其中没有产品标识，请扫描主码。' };
  throw medicalDeviceErrors.code_unreadable({ scan: scan.slice(0, 60), firstEn: words.en, firstZh: words.zh });
}

/** A device identifier, as a GTIN alone or within a whole code. */
export const requireDi = (text: string, today: Date): string => requireUdi(text, today).di;
