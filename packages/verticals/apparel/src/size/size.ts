import type { Body, Sex } from '../body/index.js';
import { type Issue, refused } from '../issue.js';
import { type BodyType, bodyTypeOf, bodyTypes, type GarmentHalf, girthGrade, heightGrade, type SizeSeries, typeRanges } from './grades.js';

/** A 号型: height, chest or waist of the body it is for, cm, and its type. */
export interface ChineseSize {
  readonly half: GarmentHalf;
  readonly height: number;
  readonly girth: number;
  readonly bodyType: BodyType;
}

/** `175/96A`. */
export const formatSize = ({ height, girth, bodyType }: ChineseSize): string => `${height}/${girth}${bodyType}`;

/** Reads `175/96A` for a jacket or shirt (`upper`) or for trousers (`lower`), with every issue. Waists may be of the 5·2 series. */
export function parseSize(label: string, half: GarmentHalf): { readonly size: ChineseSize | null; readonly issues: readonly Issue[] } {
  const read = /^(\d{2,3})\s*\/\s*(\d{2,3})\s*([A-Za-z])$/.exec(label.trim());
  if (!read)
    return {
      size: null,
      issues: [
        refused(
          'size',
          `"${label}" is no size; write height, girth and body type, such as 175/96A`,
          `“${label}”不是号型；请按“号/型体型”填写，例如 175/96A`,
        ),
      ],
    };
  const height = Number(read[1]);
  const girth = Number(read[2]);
  const type = (read[3] as string).toUpperCase();
  const grade = girthGrade(half, '5.2');
  const named = half === 'upper' ? { en: 'chest', zh: '胸围' } : { en: 'waist', zh: '腰围' };
  const issues: Issue[] = [];
  if (height % heightGrade !== 0)
    issues.push(
      refused(
        'size.height',
        `Height ${height} is no grade; heights go by ${heightGrade} cm`,
        `号 ${height} 不在分档上；身高以 ${heightGrade} cm 分档`,
      ),
    );
  if (girth % grade !== 0)
    issues.push(
      refused(
        'size.girth',
        `The ${named.en} ${girth} is no grade; it goes by ${grade} cm`,
        `型 ${girth} 不在分档上；${named.zh}以 ${grade} cm 分档`,
      ),
    );
  if (!isBodyType(type))
    issues.push(
      refused('size.body_type', `There is no body type "${type}"; there are Y, A, B and C`, `没有体型“${type}”；体型为 Y、A、B、C`),
    );
  return { size: issues.length === 0 && isBodyType(type) ? { half, height, girth, bodyType: type } : null, issues };
}

export interface SizeChoice {
  readonly upper: ChineseSize | null;
  readonly lower: ChineseSize | null;
  readonly bodyType: BodyType | null;
  readonly issues: readonly Issue[];
}

/**
 * The ready-made sizes to choose for a body: the next grade **up**, because cloth takes up and shrinks. A girth that stands on
 * a grade takes the next one, a height keeps it: 173/92/76 → 175/96A and 175/78A (worked example handed on by the domain brief).
 */
export function chooseSize(
  { sex, height, chest, waist }: Pick<Body, 'sex' | 'height' | 'chest' | 'waist'>,
  { series = '5.2' }: { readonly series?: SizeSeries } = {},
): SizeChoice {
  const bodyType = bodyTypeOf(sex, chest, waist);
  if (!bodyType) return { upper: null, lower: null, bodyType, issues: [outsideTypes(sex, chest - waist)] };
  const graded = { height: Math.ceil(height / heightGrade) * heightGrade, bodyType };
  const above = (girth: number, grade: number) => (Math.floor(girth / grade) + 1) * grade;
  return {
    upper: { half: 'upper', ...graded, girth: above(chest, girthGrade('upper', series)) },
    lower: { half: 'lower', ...graded, girth: above(waist, girthGrade('lower', series)) },
    bodyType,
    issues: [],
  };
}

function outsideTypes(sex: Sex, difference: number): Issue {
  const { C, Y } = { C: typeRanges[sex].C, Y: typeRanges[sex].Y };
  const told = Number(difference.toFixed(1));
  return refused(
    'body_type',
    `Chest less waist is ${told} cm; the body types of GB/T 1335 reach from ${C.low} to ${Y.high} cm: no ready-made size, cut to measure`,
    `胸腰差为 ${told} cm；GB/T 1335 的体型范围为 ${C.low}～${Y.high} cm：无成衣号型，请量体裁制`,
  );
}

const isBodyType = (text: string): text is BodyType => (bodyTypes as readonly string[]).includes(text);
