import { z } from 'zod';
import { wordsSchema } from '../commands/index.js';

/**
 * Colours by meaning; the console gives them their value in light and dark. `series-…` are told apart by the colour-blind;
 * `print` is always black and `paper` always white: what a scanner has to read.
 */
export const tones = [
  'ink',
  'muted',
  'accent',
  'good',
  'bad',
  'warn',
  'print',
  'paper',
  'series-1',
  'series-2',
  'series-3',
  'series-4',
  'series-5',
  'series-6',
] as const;
export type Tone = (typeof tones)[number];

const point = z.tuple([z.number(), z.number()]);
const mostPoints = 20_000;
const mostShapes = 2_000;

const shapeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('polyline'),
    points: z.array(point).min(1).max(mostPoints),
    /** Joined to its first point, and filled when it has a fill. */
    closed: z.boolean().optional(),
    fill: z.enum(tones).optional(),
    stroke: z.enum(tones).optional(),
    dashed: z.boolean().optional(),
    /** What it is: shown on pointing at it, and listed in the table view. */
    words: wordsSchema.optional(),
  }),
  z.object({
    kind: z.literal('text'),
    at: point,
    /** A number, a code, or words in both languages. */
    text: z.union([z.string().max(200), wordsSchema]),
    /** Height of a letter in the drawing's unit. */
    size: z.number().positive().optional(),
    tone: z.enum(tones).optional(),
  }),
]);

/** A drawing to scale: x to the right, y downward, both in `unit`. The console draws it and lists its shapes. */
export const drawingSchema = z.object({
  /** UCUM: `mm`. */
  unit: z.string(),
  box: z.object({ x: z.number(), y: z.number(), width: z.number().positive(), height: z.number().positive() }),
  shapes: z.array(shapeSchema).max(mostShapes),
});
export type Drawing = z.infer<typeof drawingSchema>;
export type DrawingShape = z.infer<typeof shapeSchema>;

const axis = z.object({ words: wordsSchema, /** UCUM */ unit: z.string().optional() });

/** Figures over a value, a category (x is a string) or time (x is Unix ms). The console draws it, shows its table and saves it. */
export const chartSchema = z.object({
  x: axis.extend({ kind: z.enum(['value', 'category', 'time']) }),
  y: axis,
  series: z
    .array(
      z.object({
        words: wordsSchema,
        style: z.enum(['line', 'bar', 'points', 'area', 'step']),
        tone: z.enum(tones).optional(),
        /** Null is a gap. */
        points: z.array(z.tuple([z.union([z.number(), z.string()]), z.number().nullable()])).max(mostPoints),
      }),
    )
    .min(1)
    .max(24),
  /** Ranges that mean something: a window, a limit. */
  bands: z
    .array(
      z.object({
        axis: z.enum(['x', 'y']),
        low: z.number().optional(),
        high: z.number().optional(),
        words: wordsSchema,
        tone: z.enum(tones),
      }),
    )
    .optional(),
});
export type Chart = z.infer<typeof chartSchema>;
