import type { Words } from '@yunfab/core/access';
import { z } from 'zod';

/** What the final test station measures of one printer. */
export const measuredSchema = z.object({
  /** A, printing a black bar. */
  supply_current: z.number().min(0).max(20),
  dots_failed: z.number().int().min(0),
  /** mm over 100 mm of paper. */
  feed_error: z.number().min(-20).max(20),
  /** ms; left out for a printer without a cutter. */
  cut_time: z.number().min(0).max(5000).optional(),
});

/** Limits of a receipt printer as its data sheets usually have them (check with your own). */
export const testLimits = { supply_current: [0.5, 4], dots_failed: [0, 0], feed_error: [-1, 1], cut_time: [80, 500] } as const;

const labels: Readonly<Record<keyof typeof testLimits, Words>> = {
  supply_current: { en: 'Supply current (A)', zh: '供电电流（A）' },
  dots_failed: { en: 'Dots that fail', zh: '打印头坏点' },
  feed_error: { en: 'Feed error over 100 mm (mm)', zh: '每 100 mm 走纸误差（mm）' },
  cut_time: { en: 'Time of a cut (ms)', zh: '切纸时间（ms）' },
};

/** Pure. Every value outside its limits is a reason. */
export function judgeTest(measured: z.output<typeof measuredSchema>): { readonly passed: boolean; readonly reasons: readonly Words[] } {
  const reasons = (Object.keys(testLimits) as (keyof typeof testLimits)[]).flatMap((name) => {
    const value = measured[name];
    const [low, high] = testLimits[name];
    if (value === undefined || (value >= low && value <= high)) return [];
    const { en, zh } = labels[name];
    return [{ en: `${en} ${value}, allowed ${low} to ${high}`, zh: `${zh}${value}，允许 ${low} 至 ${high}` }];
  });
  return { passed: reasons.length === 0, reasons };
}
