import type { Body, Sex } from './landmarks.js';

/** The body of the brief's example: 173/92/76, the rest measured to go with it. */
export const chen: Body = {
  sex: 'male',
  height: 173,
  chest: 92,
  waist: 76,
  hip: 93,
  neck: 38,
  shoulder_width: 44.4,
  arm_length: 56.5,
  back_length: 43.2,
  waist_height: 104,
  inseam: 78.5,
  upper_arm: 29.5,
  wrist: 16.8,
  thigh: 54.5,
};

/** Of the same sizes 175/96A and 175/78A as {@link chen}, and built otherwise: longer arms, sloping, a fuller seat. */
export const luo: Body = {
  ...chen,
  height: 174.5,
  chest: 93.5,
  waist: 77.6,
  hip: 98,
  shoulder_width: 42.8,
  arm_length: 59.5,
  inseam: 81.5,
  waist_height: 106.5,
  thigh: 58,
};

/** A person of the middle of the standard with `spread` in [−1, 1] for each way in which people differ. */
export function bodyOf(
  sex: Sex,
  { tall, wide, drop, seat, limbs, arms }: Record<'tall' | 'wide' | 'drop' | 'seat' | 'limbs' | 'arms', number>,
): Body {
  const man = sex === 'male';
  const height = (man ? 172 : 161) + tall * 18;
  const chest = (man ? 98 : 92) + wide * 22;
  const waist = chest - (man ? 12 : 14) - drop * 9;
  const hip = (man ? 0.5 : 0.55) * chest + 0.3 * waist + (man ? 24 : 24) + seat * 6;
  const waist_height = height * (0.605 + limbs * 0.015);
  return {
    sex,
    height: cm(height),
    chest: cm(chest),
    waist: cm(waist),
    hip: cm(hip),
    neck: cm((man ? 0.3 : 0.27) * chest + (man ? 10 : 10.5)),
    shoulder_width: cm(height * 0.25 + wide * 3 + (man ? 1.4 : -0.6)),
    arm_length: cm(height * (0.325 + arms * 0.02)),
    back_length: cm(height * 0.248),
    waist_height: cm(waist_height),
    inseam: cm(waist_height - height * 0.152 - wide * 1.5),
    upper_arm: cm(chest * 0.31 + arms * 2.5),
    wrist: cm((man ? 17.2 : 15.4) + wide * 2),
    thigh: cm(hip * (0.585 + seat * 0.04)),
  };
}

const cm = (value: number): number => Math.round(value * 10) / 10;
