import { z } from 'zod';

const millimetres = z.number().min(0).max(20_000);

/** A ply cut from prepreg and rolled on: its pattern is a trapezoid, so its wraps run evenly from one end to the other. */
export const plySchema = z.object({
  prepreg: z.string().trim().min(1).max(40),
  /** Degrees between the fibres and the blank: 0 along it, 90 around it. A bias ply at ±45 is two plies or one woven. */
  angle: z.number().min(-90).max(90),
  /** mm from the butt; a flag ends before the tip. */
  from: millimetres,
  to: millimetres,
  /** Turns around the blank at each end. */
  wraps_from: z.number().min(0).max(40),
  wraps_to: z.number().min(0).max(40),
});
export type Ply = z.output<typeof plySchema>;

/** How the wound blank is cured; the activation energy weighs temperatures below and above the set point. */
export const cureCycleSchema = z.object({
  /** °C of the dwell. */
  temperature: z.number().min(60).max(250),
  /** Equivalent minutes at that temperature. */
  dwell: z.number().positive().max(1000),
  /** °C/min at most while heating, so that resin flows before it gels. */
  ramp: z.number().positive().max(60),
  /** °C that no point may exceed. */
  ceiling: z.number().min(60).max(300),
  /** kJ/mol; epoxy prepregs 60–90. */
  activation_energy: z.number().min(20).max(200),
});
export type CureCycle = z.output<typeof cureCycleSchema>;

/** A blank as it is rolled: mandrel, plies from the inside out, cure. Lengths in mm, measured from the butt. */
export const designSchema = z
  .object({
    code: z.string().trim().min(1).max(40),
    name: z.string().trim().min(1).max(80),
    length: z.number().min(200).max(15_000),
    /** mm of the butt that the bench clamps; what bends is `length − clamped`. */
    clamped: z.number().min(0).max(2000),
    /** Outer diameter of the mandrel (mm) at stations from butt to tip; linear between them. */
    mandrel: z
      .array(z.object({ at: millimetres, diameter: z.number().positive().max(100) }))
      .min(2)
      .max(20),
    plies: z.array(plySchema).min(1).max(60),
    cure: cureCycleSchema,
  })
  .superRefine(({ length, clamped, mandrel, plies }, issue) => {
    if (clamped >= length / 2) issue.addIssue({ code: 'custom', path: ['clamped'], message: 'at most half of the blank can be clamped' });
    mandrel.forEach(({ at }, index) => {
      const before = mandrel[index - 1]?.at ?? -1;
      if (at <= before) issue.addIssue({ code: 'custom', path: ['mandrel', index, 'at'], message: 'stations run from butt to tip' });
    });
    if (mandrel[0]?.at !== 0) issue.addIssue({ code: 'custom', path: ['mandrel', 0, 'at'], message: 'the first station is the butt, 0' });
    if ((mandrel.at(-1)?.at ?? 0) < length)
      issue.addIssue({ code: 'custom', path: ['mandrel', mandrel.length - 1, 'at'], message: 'the mandrel ends before the blank does' });
    plies.forEach(({ from, to }, index) => {
      if (to <= from) issue.addIssue({ code: 'custom', path: ['plies', index, 'to'], message: 'a ply ends beyond where it begins' });
      if (to > length) issue.addIssue({ code: 'custom', path: ['plies', index, 'to'], message: 'a ply ends within the blank' });
    });
    const bare = firstBare(length, plies);
    if (bare !== null) issue.addIssue({ code: 'custom', path: ['plies'], message: `no ply covers the blank at ${bare} mm` });
  });

/** mm from the butt at which nothing is wound; null when the whole blank is covered. */
function firstBare(length: number, plies: readonly Ply[]): number | null {
  const edges = [...new Set([0, length, ...plies.flatMap(({ from, to }) => [from, to])])]
    .filter((at) => at <= length)
    .sort((a, b) => a - b);
  for (let i = 1; i < edges.length; i++) {
    const middle = ((edges[i - 1] as number) + (edges[i] as number)) / 2;
    const covered = plies.some(({ from, to, wraps_from, wraps_to }) => from <= middle && middle <= to && wraps_from + wraps_to > 0);
    if (!covered) return middle;
  }
  return null;
}

export type BlankDesign = z.output<typeof designSchema>;
