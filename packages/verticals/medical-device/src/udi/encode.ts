import type { Issue } from '@yunfab/core/errors';
import { encodeGs1 } from './gs1.js';
import { encodeHibc } from './hibc.js';
import { encodeIccbba } from './iccbba.js';
import { type DeviceIdentification, type Issuer, issue } from './identification.js';
import { encodeMa } from './ma.js';
import { parseUdi } from './parse.js';

export type EncodedUdi =
  | { readonly ok: true; readonly text: string; readonly printed: string }
  | { readonly ok: false; readonly issues: readonly Issue[] };

const encoders = { gs1: encodeGs1, hibcc: encodeHibc, iccbba: encodeIccbba, ma: encodeMa } as const;
const told = ['di', 'lot', 'serial', 'donation', 'expiry', 'manufactured'] as const;

/**
 * Writes a UDI: `text` as the symbol carries it (GS1 without its leading FNC1), `printed` as people read it. What is written is read
 * again: it is given only when it says the same without an issue.
 */
export function encodeUdi(device: DeviceIdentification & { readonly issuer: Issuer }, today: Date): EncodedUdi {
  const { text, printed } = encoders[device.issuer](device);
  const back = parseUdi(text, today);
  if (back.issues.length > 0) return { ok: false, issues: back.issues };
  const lost = told.filter((name) => device[name] !== null && !isSame(device.issuer, device[name] ?? '', back[name] ?? ''));
  if (lost.length > 0) {
    return {
      ok: false,
      issues: lost.map((name) =>
        issue(name, `A code of this issuer cannot say ${name} "${device[name]}".`, `该发码机构的编码无法表示 ${name}“${device[name]}”。`),
      ),
    };
  }
  return { ok: true, text, printed };
}

/** ISBT 128 fills numbers up with zeros. */
const isSame = (issuer: Issuer, given: string, read: string): boolean =>
  given === read || (issuer === 'iccbba' && given.padStart(read.length, '0') === read);
