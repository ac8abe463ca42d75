import { z } from 'zod';
import type { Uniformity } from './measure.js';

/** Best first; a tire beyond the worst is rejected. */
export const grades = ['A', 'B', 'C'] as const;
export type Grade = (typeof grades)[number];

const newton = z.number().positive().max(10_000);

/** The most that one grade allows, N: peak-to-peak of both directions, of the first harmonic, and the size of conicity. */
export const gradeLimitsSchema = z.object({
  code: z.string().trim().min(1).max(40),
  grade: z.enum(grades),
  radial_force_variation: newton,
  radial_first_harmonic: newton,
  lateral_force_variation: newton,
  conicity: newton,
});
export type GradeLimits = z.output<typeof gradeLimitsSchema>;

/** What grades look at, in the order of the limits. */
export const graded = ['radial_force_variation', 'radial_first_harmonic', 'lateral_force_variation', 'conicity'] as const;
export type Graded = (typeof graded)[number];

export function gradedFigures({ radial, lateral, conicity }: Uniformity): Readonly<Record<Graded, number>> {
  const first = Math.max(radial.cw.harmonics[0]?.amplitude ?? 0, radial.ccw.harmonics[0]?.amplitude ?? 0);
  return {
    radial_force_variation: Math.max(radial.cw.peakToPeak, radial.ccw.peakToPeak),
    radial_first_harmonic: 2 * first,
    lateral_force_variation: Math.max(lateral.cw.peakToPeak, lateral.ccw.peakToPeak),
    conicity: Math.abs(conicity),
  };
}

/** What of the figures is beyond the limits. */
export function beyond(figures: Readonly<Record<Graded, number>>, limits: GradeLimits): Graded[] {
  return graded.filter((name) => figures[name] > limits[name]);
}

/** The best grade whose every limit holds; null when none does. */
export function gradeOf(figures: Readonly<Record<Graded, number>>, limits: readonly GradeLimits[]): Grade | null {
  return grades.find((grade) => limits.some((each) => each.grade === grade && beyond(figures, each).length === 0)) ?? null;
}

/** Limits that contradict those of other grades: a better grade allows no more than a worse one. */
export function outOfOrder(added: GradeLimits, others: readonly GradeLimits[]): { readonly grade: Grade; readonly figure: Graded } | null {
  for (const other of others) {
    const [better, worse] = grades.indexOf(added.grade) < grades.indexOf(other.grade) ? [added, other] : [other, added];
    const figure = graded.find((name) => better[name] > worse[name]);
    if (figure && added.grade !== other.grade) return { grade: other.grade, figure };
  }
  return null;
}
