import type { ApiBuilder } from '@yunfab/core/verticals';
import { z } from 'zod';
import type { PeripheralsConfig } from '../config.js';

export type Builder = ApiBuilder<PeripheralsConfig>;
export const tags = ['peripherals'];
export const words = z.object({ en: z.string(), zh: z.string() });
export const issuesSchema = z.array(z.object({ at: z.string(), words }));
export const instant = z.iso.datetime();

/** A line that a person types. */
export const lineText = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters');
