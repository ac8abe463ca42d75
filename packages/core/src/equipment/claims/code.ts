import { createHash, randomInt } from 'node:crypto';

/** 30 signs of which no two look alike: no 0 O, 1 I L, U V only as V. */
const signs = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const size = signs.length;
const secretSigns = 11;

/** A new code: 11 secret signs (54 bits) and a check sign, as people read it: `7K3M-9QWX-2RTB`. */
export function newClaimCode(): string {
  let secret = '';
  for (let i = 0; i < secretSigns; i += 1) secret += signs.charAt(randomInt(size));
  return `${secret}${checkSign(secret)}`.replace(/(.{4})(?=.)/g, '$1-');
}

/** The code without what people add (blanks, hyphens, small letters); null when it cannot be one: a sign is wrong or two are swapped. */
export function readClaimCode(typed: string): string | null {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '');
  if (code.length !== secretSigns + 1 || [...code].some((sign) => !signs.includes(sign))) return null;
  return checkSign(code.slice(0, secretSigns)) === code.at(-1) ? code : null;
}

/** What is stored of a code that `readClaimCode` gave. */
export const hashClaimCode = (code: string): Buffer => createHash('sha256').update(code).digest();

/** ISO/IEC 7064, hybrid system MOD 31,30: notices every single wrong sign. */
function checkSign(secret: string): string {
  let rest = size;
  for (const sign of secret) rest = (((rest + signs.indexOf(sign)) % size || size) * 2) % (size + 1);
  return signs.charAt((size + 1 - rest) % size);
}
