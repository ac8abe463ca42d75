import type { Words } from '@yunfab/core/access';

export type Sex = 'male' | 'female';

/** What is measured on a person, in cm, net, over underwear. Names and ways of measuring: GB/T 16160 and ISO 8559-1. */
export interface Landmark {
  readonly words: Words;
  readonly how: Words;
  /** Adults outside are a slip of the tape or of the pen, cm. */
  readonly low: number;
  readonly high: number;
}

export const landmarks = {
  height: {
    words: { en: 'Height', zh: '身高' },
    how: { en: 'Crown to floor, without shoes', zh: '头顶至地面，脱鞋' },
    low: 130,
    high: 220,
  },
  chest: {
    words: { en: 'Chest', zh: '胸围' },
    how: { en: 'Level round the fullest part of the chest', zh: '经胸部最丰满处水平围量一周' },
    low: 65,
    high: 150,
  },
  waist: {
    words: { en: 'Waist', zh: '腰围' },
    how: { en: 'Level round the narrowest part of the trunk', zh: '经腰部最细处水平围量一周' },
    low: 48,
    high: 145,
  },
  hip: {
    words: { en: 'Hip', zh: '臀围' },
    how: { en: 'Level round the fullest part of the seat', zh: '经臀部最丰满处水平围量一周' },
    low: 70,
    high: 155,
  },
  neck: {
    words: { en: 'Neck', zh: '颈围' },
    how: { en: 'Round the neck over the cervical and below the larynx', zh: '经第七颈椎点与喉结下方围量一周' },
    low: 27,
    high: 56,
  },
  shoulder_width: {
    words: { en: 'Shoulder width', zh: '总肩宽' },
    how: { en: 'From shoulder point to shoulder point over the back', zh: '左右肩峰点之间沿后背的弧长' },
    low: 30,
    high: 60,
  },
  arm_length: {
    words: { en: 'Arm length', zh: '全臂长' },
    how: { en: 'Shoulder point to wrist bone, arm hanging', zh: '肩峰点至桡骨茎突点，手臂下垂' },
    low: 40,
    high: 80,
  },
  back_length: {
    words: { en: 'Back length', zh: '背长' },
    how: { en: 'Cervical to waist along the spine', zh: '第七颈椎点沿脊柱至腰围线' },
    low: 30,
    high: 55,
  },
  waist_height: {
    words: { en: 'Waist height', zh: '腰围高' },
    how: { en: 'Waist to floor at the side', zh: '腰围线至地面' },
    low: 75,
    high: 145,
  },
  inseam: {
    words: { en: 'Inseam', zh: '会阴高' },
    how: { en: 'Crotch to floor', zh: '会阴点至地面' },
    low: 52,
    high: 115,
  },
  upper_arm: {
    words: { en: 'Upper arm', zh: '上臂围' },
    how: { en: 'Round the thickest part of the upper arm', zh: '上臂最粗处围量一周' },
    low: 19,
    high: 58,
  },
  wrist: { words: { en: 'Wrist', zh: '腕围' }, how: { en: 'Round the wrist bone', zh: '经桡骨茎突点围量一周' }, low: 12, high: 26 },
  thigh: {
    words: { en: 'Thigh', zh: '大腿围' },
    how: { en: 'Round the thickest part of the thigh', zh: '大腿最粗处围量一周' },
    low: 38,
    high: 95,
  },
} as const satisfies Record<string, Landmark>;

export type LandmarkName = keyof typeof landmarks;

export const landmarkNames = Object.keys(landmarks) as readonly LandmarkName[];

/** A measured person: every landmark in cm. */
export type Body = { readonly sex: Sex } & { readonly [Name in LandmarkName]: number };
