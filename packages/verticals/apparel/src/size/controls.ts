import type { Sex } from '../body/index.js';
import type { BodyType } from './grades.js';

/** 控制部位: the measurements that go with a size, cm. */
export interface ControlMeasurements {
  readonly height: number;
  readonly cervical_height: number;
  readonly arm_length: number;
  readonly waist_height: number;
  readonly chest: number;
  readonly neck: number;
  readonly shoulder_width: number;
  readonly waist: number;
  readonly hip: number;
}

/**
 * The middle bodies (中间体) of GB/T 1335.1 and 1335.2, annex B, by type. **To be checked**: 170/88A is the domain brief's
 * (itself marked so); the others were written from memory and no copy of the standard was at hand.
 */
export const middleBodies: Readonly<Record<Sex, Readonly<Record<BodyType, ControlMeasurements>>>> = {
  male: {
    Y: middle(170, 145, 55.5, 103, 88, 36.4, 44, 70, 90),
    A: middle(170, 145, 55.5, 102.5, 88, 36.8, 43.6, 74, 90),
    B: middle(170, 145.5, 55.5, 102, 92, 38.2, 44.4, 84, 95),
    C: middle(170, 146, 55.5, 102, 96, 39.6, 45.2, 92, 97),
  },
  female: {
    Y: middle(160, 136, 50.5, 98, 84, 33.4, 40, 64, 90),
    A: middle(160, 136, 50.5, 98, 84, 33.6, 39.4, 68, 90),
    B: middle(160, 136.5, 50.5, 98, 88, 34.6, 39.8, 78, 96),
    C: middle(160, 136.5, 50.5, 98, 88, 34.8, 39.2, 82, 96),
  },
};

/** What a control changes by: with 5 cm of height, with 4 cm of chest, with 4 cm of waist (same annex, to be checked). */
const perHeight = { cervical_height: 4, arm_length: 1.5, waist_height: 3 };
const perChest: Readonly<Record<Sex, { readonly neck: number; readonly shoulder_width: number }>> = {
  male: { neck: 1, shoulder_width: 1.2 },
  female: { neck: 0.8, shoulder_width: 1 },
};
const hipPerWaist: Readonly<Record<Sex, Readonly<Record<BodyType, number>>>> = {
  male: { Y: 3.2, A: 3.2, B: 2.8, C: 2.8 },
  female: { Y: 3.6, A: 3.6, B: 3.2, C: 3.2 },
};

/** The control measurements of a size, graded from the middle body of its type. */
export function controlsOf(
  sex: Sex,
  {
    height,
    chest,
    waist,
    bodyType,
  }: { readonly height: number; readonly chest: number; readonly waist: number; readonly bodyType: BodyType },
): ControlMeasurements {
  const from = middleBodies[sex][bodyType];
  const tall = (height - from.height) / 5;
  const wide = (chest - from.chest) / 4;
  const stout = (waist - from.waist) / 4;
  return {
    height,
    cervical_height: round(from.cervical_height + tall * perHeight.cervical_height),
    arm_length: round(from.arm_length + tall * perHeight.arm_length),
    waist_height: round(from.waist_height + tall * perHeight.waist_height),
    chest,
    neck: round(from.neck + wide * perChest[sex].neck),
    shoulder_width: round(from.shoulder_width + wide * perChest[sex].shoulder_width),
    waist,
    hip: round(from.hip + stout * hipPerWaist[sex][bodyType]),
  };
}

function middle(
  height: number,
  cervical_height: number,
  arm_length: number,
  waist_height: number,
  chest: number,
  neck: number,
  shoulder_width: number,
  waist: number,
  hip: number,
): ControlMeasurements {
  return { height, cervical_height, arm_length, waist_height, chest, neck, shoulder_width, waist, hip };
}

const round = (value: number): number => Number(value.toFixed(2));
