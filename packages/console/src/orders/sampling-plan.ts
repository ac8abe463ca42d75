import type { Client } from '../app/client.js';

export type Sampling = NonNullable<Parameters<Client['orders']['inspect']>[0]['lines'][number]['sampling']>;

/** Sample sizes of ISO 2859-1 (GB/T 2828.1), single sampling, normal inspection; a test holds them equal to the platform's. */
const sampleSizes = {
  ...{ A: 2, B: 3, C: 5, D: 8, E: 13, F: 20, G: 32, H: 50 },
  ...{ J: 80, K: 125, L: 200, M: 315, N: 500, P: 800, Q: 1250, R: 2000 },
} as const satisfies Record<Sampling['codeLetter'], number>;
export const codeLetters = Object.keys(sampleSizes) as Sampling['codeLetter'][];

/** ISO 2859-1, table 1, general inspection level II: the largest lot of each code letter; above the last it is Q. */
const largestLots: readonly number[] = [8, 15, 25, 50, 90, 150, 280, 500, 1_200, 3_200, 10_000, 35_000, 150_000, 500_000];

export const standards = ['GB/T 2828.1', 'ISO 2859-1', 'other'] as const satisfies readonly Sampling['standard'][];
export const levels = ['I', 'II', 'III', 'S-1', 'S-2', 'S-3', 'S-4'] as const;
/** ISO 2859-1, 5.2: preferred values up to 10. */
export const preferredAqls = [
  '0.010',
  '0.015',
  '0.025',
  '0.040',
  '0.065',
  '0.10',
  '0.15',
  '0.25',
  '0.40',
  '0.65',
  '1.0',
  '1.5',
  '2.5',
  '4.0',
  '6.5',
  '10',
];

/** A plan as it is typed in. */
export interface SamplingDraft {
  readonly standard: Sampling['standard'];
  readonly level: (typeof levels)[number];
  readonly lotSize: string;
  readonly aql: string;
  readonly codeLetter: Sampling['codeLetter'];
  readonly sampleSize: string;
  readonly acceptAt: string;
  readonly rejectAt: string;
  readonly nonconforming: string;
}

/** The plan of a lot at level II; acceptance and rejection numbers are the inspector's, from the standard's master table. */
export const planOf = (lotSize: string): SamplingDraft =>
  completed(
    {
      ...{ standard: 'GB/T 2828.1', level: 'II', lotSize, aql: '1.0', codeLetter: 'A', sampleSize: '' },
      ...{ acceptAt: '', rejectAt: '', nonconforming: '' },
    },
    { lotSize },
  );

/** The plan with what was just typed, and what follows from it: the code letter from the lot, the sample from the letter. */
export function completed(before: SamplingDraft, typed: Partial<SamplingDraft>): SamplingDraft {
  const after = { ...before, ...typed };
  const lotSize = wholeOf(after.lotSize);
  const follows = 'lotSize' in typed || 'level' in typed || 'standard' in typed;
  const codeLetter =
    follows && after.standard !== 'other' && after.level === 'II' && lotSize !== null && lotSize >= 2
      ? codeLetterOf(lotSize)
      : after.codeLetter;
  const sampled = codeLetter !== before.codeLetter || 'codeLetter' in typed || follows;
  const sampleSize = sampled ? String(Math.min(sampleSizes[codeLetter], lotSize ?? sampleSizes[codeLetter])) : after.sampleSize;
  const acceptAt = wholeOf(after.acceptAt);
  const rejectAt = 'acceptAt' in typed ? (acceptAt === null ? '' : String(acceptAt + 1)) : after.rejectAt;
  return { ...after, codeLetter, sampleSize, rejectAt };
}

export const codeLetterOf = (lotSize: number): Sampling['codeLetter'] => {
  const row = largestLots.findIndex((largest) => lotSize <= largest);
  return codeLetters[row === -1 ? largestLots.length : row] ?? 'Q';
};

export const sampleSizeOf = (letter: Sampling['codeLetter']): number => sampleSizes[letter];

/** Whether the sample lets the lot be accepted; null until both numbers are known. */
export function verdictOf({ acceptAt, nonconforming }: SamplingDraft): boolean | null {
  const [most, found] = [wholeOf(acceptAt), wholeOf(nonconforming)];
  return most === null || found === null ? null : found <= most;
}

/** A plan as the platform takes it. What is no whole number stays none, and the platform says so at its field. */
export const samplingOf = (draft: SamplingDraft): Sampling => ({
  standard: draft.standard,
  level: draft.level,
  aql: draft.aql.trim(),
  codeLetter: draft.codeLetter,
  lotSize: wholeOf(draft.lotSize) ?? Number.NaN,
  sampleSize: wholeOf(draft.sampleSize) ?? Number.NaN,
  acceptAt: wholeOf(draft.acceptAt) ?? Number.NaN,
  rejectAt: wholeOf(draft.rejectAt) ?? Number.NaN,
  nonconforming: wholeOf(draft.nonconforming) ?? Number.NaN,
});

const wholeOf = (text: string): number | null => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : null);
