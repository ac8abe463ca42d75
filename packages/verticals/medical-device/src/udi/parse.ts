import { groupSeparator, parseGtin } from '@yunfab/core/gs1';
import { parseGs1 } from './gs1.js';
import { parseHibc } from './hibc.js';
import { parseIccbba } from './iccbba.js';
import { issue, nothingKnown, type ParsedUdi } from './identification.js';
import { parseMa } from './ma.js';

const longest = 500;

/**
 * Reads a UDI of whichever issuer, as scanned or as printed: one device identification with every issue. Never throws.
 * A symbology identifier (ISO/IEC 15424) in front is left off; a GTIN alone is a device identifier.
 */
export function parseUdi(given: string, today: Date): ParsedUdi {
  const text = given.trim();
  if (text.length > longest) return unread(`It has more than ${longest} characters.`, `超过 ${longest} 个字符。`);
  const bare = text.replace(/^\][A-Za-z]\w/, '');
  // A blank may be the check character of HIBC, so it stays.
  if (/^\*?\+/.test(bare)) return parseHibc(bare + (/ *$/.exec(given)?.[0] ?? ''), today);
  if (/^[=&]/.test(bare)) return parseIccbba(bare);
  if (bare.startsWith('MA.')) return parseMa(bare);
  if (/^(\d{8}|\d{12,14})$/.test(bare)) {
    const { gtin, issues } = parseGtin(bare);
    return gtin ? parseGs1(`(01)${gtin}`, today) : { ...nothingKnown, issuer: 'gs1', parts: [], issues };
  }
  if (bare.startsWith(groupSeparator) || /^(\(|\d|https?:)/i.test(bare))
    return parseGs1(text.startsWith(']') && !/^\](d2|C1|Q3|e0|J1)/.test(text) ? bare : text, today);
  return unread(
    `"${text.slice(0, 30)}" begins like no UDI: GS1 "(01)" or digits, HIBC "+", ICCBBA "=", MA "MA.".`,
    `“${text.slice(0, 30)}”不像任何 UDI 的开头：GS1 为“(01)”或数字，HIBC 为“+”，ICCBBA 为“=”，MA 码为“MA.”。`,
  );
}

const unread = (en: string, zh: string): ParsedUdi => ({ ...nothingKnown, parts: [], issues: [issue('', en, zh)] });
