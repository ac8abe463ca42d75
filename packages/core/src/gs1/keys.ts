import type { Issue } from '../errors/index.js';
import { checkDigit, hasCheckDigit } from './check-characters.js';

const gtinLengths = [8, 12, 13, 14];

/** A GTIN-8, -12, -13 or -14 in fourteen digits, as databases and element strings hold it; null with the issue otherwise. */
export function parseGtin(text: string): { readonly gtin: string | null; readonly issues: readonly Issue[] } {
  const digits = text.replaceAll(/[\s-]/g, '');
  if (!/^\d+$/.test(digits) || !gtinLengths.includes(digits.length))
    return {
      gtin: null,
      issues: [wrong('gtin', `"${text}" is no GTIN: it has 8, 12, 13 or 14 digits`, `“${text}”不是 GTIN：应为 8、12、13 或 14 位数字`)],
    };
  if (!hasCheckDigit(digits)) {
    const right = checkDigit(digits.slice(0, -1));
    return {
      gtin: null,
      issues: [
        wrong(
          'gtin',
          `"${text}" ends in ${digits.at(-1)}, its check digit is ${right}`,
          `“${text}”末位为 ${digits.at(-1)}，校验位应为 ${right}`,
        ),
      ],
    };
  }
  return { gtin: digits.padStart(14, '0'), issues: [] };
}

/** The trade item that a GTIN-14 packs: the same with indicator 0 and its own check digit (General Specifications 2.1.7). */
export function packedGtin(gtin: string): string {
  const inner = `0${gtin.slice(1, 13)}`;
  return inner + checkDigit(inner);
}

/** A serial shipping container code of the company prefix: extension digit, prefix, serial reference, check digit (18 digits). */
export function makeSscc(extension: number, companyPrefix: string, serialReference: number): string {
  const room = 16 - companyPrefix.length;
  const reference = String(serialReference).padStart(room, '0');
  if (!/^\d$/.test(String(extension)) || !/^\d{4,12}$/.test(companyPrefix) || reference.length > room)
    throw new RangeError(`no SSCC holds extension ${extension}, prefix ${companyPrefix} and reference ${serialReference}`);
  const digits = `${extension}${companyPrefix}${reference}`;
  return digits + checkDigit(digits);
}

export const isSscc = (text: string): boolean => text.length === 18 && hasCheckDigit(text);
export const isGln = (text: string): boolean => text.length === 13 && hasCheckDigit(text);

const wrong = (at: string, en: string, zh: string): Issue => ({ at, words: { en: `${en}.`, zh: `${zh}。` } });
