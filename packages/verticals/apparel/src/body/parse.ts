import { holds, type Issue, refused } from '../issue.js';
import { type Body, type LandmarkName, landmarkNames, landmarks, type Sex } from './landmarks.js';
import { checkProportions } from './proportions.js';

/** How many of the unit are a centimetre. */
const perCentimetre = { cm: 1, mm: 10, in: 1 / 2.54 } as const;
export type LengthUnit = keyof typeof perCentimetre;
export const lengthUnits = Object.keys(perCentimetre) as readonly LengthUnit[];

/** Measurements as they came from a shop, a scanner or a form. */
export interface MeasurementSet {
  readonly sex: string;
  readonly unit: string;
  readonly measurements: Readonly<Record<string, unknown>>;
}

/** Reads a set of measurements into cm. `body` is null while an issue is refused; doubtful ones come with it. */
export function parseBody({ sex, unit, measurements }: MeasurementSet): { readonly body: Body | null; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  if (!isSex(sex)) issues.push(refused('sex', `The sex is "${sex}"; write male or female`, `性别为“${sex}”；请填写 male 或 female`));
  if (!isUnit(unit))
    issues.push(
      refused('unit', `The unit is "${unit}"; write ${lengthUnits.join(', ')}`, `单位为“${unit}”；请填写 ${lengthUnits.join('、')}`),
    );
  for (const name of Object.keys(measurements))
    if (!(name in landmarks))
      issues.push(
        refused(
          `measurements.${name}`,
          `There is no measurement "${name}"; there are ${landmarkNames.join(', ')}`,
          `没有测量项“${name}”；可用：${landmarkNames.join('、')}`,
        ),
      );
  const factor = isUnit(unit) ? perCentimetre[unit] : 1;
  const read: Partial<Record<LandmarkName, number>> = {};
  for (const name of landmarkNames) {
    const given = measurements[name];
    const { words, low, high } = landmarks[name];
    const at = `measurements.${name}`;
    if (typeof given !== 'number' || !Number.isFinite(given)) {
      const told = given === undefined ? { en: 'is missing', zh: '缺失' } : { en: 'is not a number', zh: '不是数字' };
      issues.push(refused(at, `${words.en} ${told.en}; measure it`, `${words.zh}${told.zh}；请量取`));
      continue;
    }
    const value = Math.round((given / factor) * 100) / 100;
    if (isUnit(unit) && (value < low || value > high))
      issues.push(
        refused(
          at,
          `${words.en} is ${value} cm; adults have ${low} to ${high} cm: check the number and the unit (${unit})`,
          `${words.zh}为 ${value} cm；成人应为 ${low}～${high} cm：请核对数值与单位（${unit}）`,
        ),
      );
    read[name] = value;
  }
  if (!holds(issues) || !isSex(sex)) return { body: null, issues };
  const body = { sex, ...(read as Record<LandmarkName, number>) };
  issues.push(...checkProportions(body));
  return { body: holds(issues) ? body : null, issues };
}

const isSex = (text: string): text is Sex => text === 'male' || text === 'female';
const isUnit = (text: string): text is LengthUnit => text in perCentimetre;
