import { z } from 'zod';
import type { Words } from '../access/index.js';

export const meteringEvents = {
  'metering.month_closed': z.object({ month: z.string(), hash: z.string(), lines: z.number().int() }),
} as const;

export const meteringEventWords: Readonly<Record<keyof typeof meteringEvents, Words>> = {
  'metering.month_closed': { en: 'Use of a month recorded', zh: '月度用量已结算' },
};
