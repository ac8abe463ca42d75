/** How many of the base unit of its kind one of the unit is (UN/ECE Rec 20); a test holds them equal to the platform's. */
const kinds: readonly Readonly<Record<string, bigint>>[] = [
  { H87: 1n, DZN: 12n },
  { GRM: 1n, KGM: 1_000n, TNE: 1_000_000n },
  { MMT: 1n, CMT: 10n, MTR: 1_000n, KMT: 1_000_000n },
  { MLT: 1n, LTR: 1_000n, MTQ: 1_000_000n },
  { SEC: 1n, MIN: 60n, HUR: 3_600n, DAY: 86_400n },
];

/** The units into which a quantity can be converted, the unit itself among them. */
export function unitsLike(unit: string): readonly string[] {
  const kind = kinds.find((each) => unit in each);
  return kind ? Object.keys(kind) : [unit];
}

const mostDecimals = 6;

/**
 * A decimal string in another unit of its kind; null for what is no decimal, of another kind, or not exact with the six
 * decimals that the platform keeps.
 */
export function converted(value: string, from: string, to: string): string | null {
  const written = /^(\d+)(?:\.(\d+))?$/.exec(value.trim());
  if (!written) return null;
  const kind = from === to ? { [from]: 1n } : kinds.find((each) => from in each && to in each);
  if (!kind) return null;
  const [, whole = '', fraction = ''] = written;
  const scaled = BigInt(whole + fraction) * (kind[from] ?? 1n) * 10n ** BigInt(mostDecimals);
  const divisor = 10n ** BigInt(fraction.length) * (kind[to] ?? 1n);
  if (scaled % divisor !== 0n) return null;
  const digits = (scaled / divisor).toString().padStart(mostDecimals + 1, '0');
  return `${digits.slice(0, -mostDecimals)}.${digits.slice(-mostDecimals)}`.replace(/\.?0+$/, '');
}
