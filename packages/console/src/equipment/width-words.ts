const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
  ['millisecond', 1],
] as const;

/** `5 minutes`, in the largest unit of which it is a whole number. */
export function widthWords(ms: number, locale: string): string {
  const [unit, each] = units.find(([, size]) => ms % size === 0) ?? units[4];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(ms / each);
}
