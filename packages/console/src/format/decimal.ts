/** Decimal strings to count in exactly, as whole numbers of their finest digit. */
function scaled(value: string, digits: number): bigint {
  const negative = value.startsWith('-');
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.');
  const count = BigInt(whole + fraction.padEnd(digits, '0'));
  return negative ? -count : count;
}

/** `from` less what was taken, exact; all are decimal strings. */
export function minus(from: string, ...taken: readonly string[]): string {
  const digits = Math.max(...[from, ...taken].map((value) => value.split('.')[1]?.length ?? 0));
  const left = taken.reduce((rest, value) => rest - scaled(value, digits), scaled(from, digits));
  const text = (left < 0n ? -left : left).toString().padStart(digits + 1, '0');
  const written = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\.?0+$/, '');
  return left < 0n ? `-${written}` : written;
}

/** The sum, exact. */
export const plus = (...values: readonly string[]): string => minus('0', minus('0', ...values));
