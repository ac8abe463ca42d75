import { doubtful, type Issue, refused } from '../issue.js';
import { type Body, type LandmarkName, landmarks } from './landmarks.js';

/**
 * Ratios between landmarks. The middle is that of the standard bodies of GB/T 1335 (170/88A, 160/84A), the width a house rule
 * of this package: outside of it the tape slipped more often than the person is so built.
 */
const proportions: readonly { readonly of: LandmarkName; readonly to: LandmarkName; readonly low: number; readonly high: number }[] = [
  { of: 'waist_height', to: 'height', low: 0.56, high: 0.66 },
  { of: 'arm_length', to: 'height', low: 0.28, high: 0.37 },
  { of: 'back_length', to: 'height', low: 0.2, high: 0.29 },
  { of: 'shoulder_width', to: 'height', low: 0.2, high: 0.31 },
  { of: 'neck', to: 'chest', low: 0.32, high: 0.5 },
  { of: 'hip', to: 'chest', low: 0.78, high: 1.32 },
  { of: 'upper_arm', to: 'chest', low: 0.22, high: 0.42 },
  { of: 'wrist', to: 'upper_arm', low: 0.36, high: 0.8 },
  { of: 'thigh', to: 'hip', low: 0.48, high: 0.68 },
];

/** Body rise, waist to crotch, of adults, cm (house rule). */
const rise = { low: 17, high: 42 };
/** Cervical height over height: 145 / 170 and 136 / 160 in GB/T 1335, ± 0.05 (house rule). */
const cervical = { low: 0.8, high: 0.9 };

/** What in a set of measurements cannot be, and what seldom is. */
export function checkProportions(body: Body): Issue[] {
  const issues: Issue[] = [];
  const { height, chest, waist, inseam, waist_height, back_length } = body;
  if (waist >= chest)
    issues.push(
      refused(
        'measurements.waist',
        `The waist (${waist} cm) is not smaller than the chest (${chest} cm); measure both again`,
        `腰围（${waist} cm）不小于胸围（${chest} cm）；请重新量取`,
      ),
    );
  if (inseam >= height * 0.55)
    issues.push(
      refused(
        'measurements.inseam',
        `The inseam (${inseam} cm) is not below 0.55 of the height (${height} cm); measure from the crotch, not from the waist`,
        `会阴高（${inseam} cm）不小于身高（${height} cm）的 0.55；请自会阴点量起，而非腰围线`,
      ),
    );
  const bodyRise = waist_height - inseam;
  if (bodyRise < rise.low || bodyRise > rise.high)
    issues.push(
      refused(
        'measurements.waist_height',
        `Waist height less inseam is ${round(bodyRise)} cm; a body rise is ${rise.low} to ${rise.high} cm`,
        `腰围高减会阴高为 ${round(bodyRise)} cm；立裆应为 ${rise.low}～${rise.high} cm`,
      ),
    );
  const cervicalRatio = (back_length + waist_height) / height;
  if (cervicalRatio < cervical.low || cervicalRatio > cervical.high)
    issues.push(
      doubtful(
        'measurements.back_length',
        `Back length and waist height make a cervical height of ${round(back_length + waist_height)} cm, ${round(cervicalRatio, 2)} of the height; usual is ${cervical.low} to ${cervical.high}`,
        `背长与腰围高之和为 ${round(back_length + waist_height)} cm，为身高的 ${round(cervicalRatio, 2)}；通常为 ${cervical.low}～${cervical.high}`,
      ),
    );
  for (const { of, to, low, high } of proportions) {
    const ratio = body[of] / body[to];
    if (ratio >= low && ratio <= high) continue;
    issues.push(
      doubtful(
        `measurements.${of}`,
        `${landmarks[of].words.en} over ${landmarks[to].words.en.toLowerCase()} is ${round(ratio, 2)}; usual is ${low} to ${high}: measure again or confirm`,
        `${landmarks[of].words.zh}与${landmarks[to].words.zh}之比为 ${round(ratio, 2)}；通常为 ${low}～${high}：请复量或确认`,
      ),
    );
  }
  return issues;
}

const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
