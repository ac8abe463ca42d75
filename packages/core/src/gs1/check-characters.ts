/** GS1 General Specifications 7.9: the check digit of a number of any length, weights 3 and 1 from the right. */
export function checkDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) sum += Number(digits.at(-1 - i)) * (i % 2 === 0 ? 3 : 1);
  return String((10 - (sum % 10)) % 10);
}

/** Whether the last digit is the check digit of those before it. */
export const hasCheckDigit = (digits: string): boolean => /^\d{2,}$/.test(digits) && checkDigit(digits.slice(0, -1)) === digits.at(-1);

const set82 = `!"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz`;
const set32 = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83];

/** GS1 General Specifications 7.9.5: the pair of check characters of a Global Model Number; null for characters outside set 82. */
export function checkCharacterPair(text: string): string | null {
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    const value = set82.indexOf(text.at(-1 - i) ?? '');
    const weight = primes[i];
    if (value < 0 || weight === undefined) return null;
    sum += value * weight;
  }
  const rest = sum % 1021;
  return `${set32[rest >> 5]}${set32[rest & 31]}`;
}

const alphabet37 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*';

/** ISO/IEC 7064 MOD 37-2, as ISBT 128 uses it: the check character of digits and capitals; null for other characters. */
export function mod37Check(text: string): string | null {
  let sum = 0;
  for (const character of text) {
    const value = alphabet37.indexOf(character);
    if (value < 0 || value > 35) return null;
    sum = ((sum + value) * 2) % 37;
  }
  return alphabet37[(38 - sum) % 37] ?? null;
}
