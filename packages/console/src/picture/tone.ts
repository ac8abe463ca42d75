import type { Chart } from '@yunfab/sdk';

export type Tone = NonNullable<Chart['series'][number]['tone']>;

/** The token of a tone; the others are called like theirs. */
const tokens: Readonly<Partial<Record<Tone, string>>> = { ink: '--text', muted: '--line-strong' };

export const toneToken = (tone: Tone): string => tokens[tone] ?? `--${tone}`;
export const toneColour = (tone: Tone): string => `var(${toneToken(tone)})`;
