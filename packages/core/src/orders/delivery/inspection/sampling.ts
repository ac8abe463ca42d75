import { z } from 'zod';

/** Sample size code letters of ISO 2859-1 (GB/T 2828.1), with the sample size of single sampling, normal inspection (table 2-A). */
const sampleSizes = {
  A: 2,
  B: 3,
  C: 5,
  D: 8,
  E: 13,
  F: 20,
  G: 32,
  H: 50,
  J: 80,
  K: 125,
  L: 200,
  M: 315,
  N: 500,
  P: 800,
  Q: 1250,
  R: 2000,
} as const;
export type CodeLetter = keyof typeof sampleSizes;
export const codeLetters = Object.keys(sampleSizes) as [CodeLetter, ...CodeLetter[]];

/** ISO 2859-1, table 1, general inspection level II: the largest lot of each code letter. */
const levelTwo: readonly (readonly [largest: number, letter: CodeLetter])[] = [
  [8, 'A'],
  [15, 'B'],
  [25, 'C'],
  [50, 'D'],
  [90, 'E'],
  [150, 'F'],
  [280, 'G'],
  [500, 'H'],
  [1200, 'J'],
  [3200, 'K'],
  [10_000, 'L'],
  [35_000, 'M'],
  [150_000, 'N'],
  [500_000, 'P'],
];

/** The code letter of a lot of at least two at general inspection level II. */
export function codeLetterOf(lotSize: number): CodeLetter {
  if (!Number.isInteger(lotSize) || lotSize < 2) throw new RangeError(`ISO 2859-1 has no code letter for a lot of ${lotSize}`);
  return levelTwo.find(([largest]) => lotSize <= largest)?.[1] ?? 'Q';
}

export const sampleSizeOf = (letter: CodeLetter): number => sampleSizes[letter];

const count = z.number().int().nonnegative();

/**
 * The sampling plan that an inspection followed, as whoever inspected gives it. Acceptance and rejection numbers are theirs
 * from the standard's master table; the platform holds no copy of that.
 */
export const samplingSchema = z
  .object({
    standard: z.enum(['GB/T 2828.1', 'ISO 2859-1', 'other']),
    level: z.enum(['I', 'II', 'III', 'S-1', 'S-2', 'S-3', 'S-4']).default('II'),
    lotSize: z.number().int().min(2),
    aql: z.string().regex(/^\d{1,4}(\.\d{1,3})?$/),
    codeLetter: z.enum(codeLetters),
    sampleSize: z.number().int().positive(),
    /** Ac: up to so many nonconforming items the lot is acceptable. */
    acceptAt: count,
    /** Re: from so many on it is not. */
    rejectAt: count,
    nonconforming: count,
  })
  .refine(({ acceptAt, rejectAt }) => rejectAt > acceptAt, {
    path: ['rejectAt'],
    message: 'the rejection number is above the acceptance number',
  })
  .refine(({ nonconforming, sampleSize }) => nonconforming <= sampleSize, {
    path: ['nonconforming'],
    message: 'no more items of the sample can be nonconforming than it has',
  })
  .refine(({ sampleSize, lotSize }) => sampleSize <= lotSize, { path: ['sampleSize'], message: 'the sample is not larger than the lot' });
export type Sampling = z.output<typeof samplingSchema>;

/** Whether the sample lets the lot be accepted. */
export const passes = ({ nonconforming, acceptAt }: Sampling): boolean => nonconforming <= acceptAt;
