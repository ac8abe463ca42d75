import type { CommandModel } from '@yunfab/core/verticals';

/*
 * What a cutting room and a sewing line ask of their machines from afar. A blade, a spreading carriage, a press head and a needle
 * begin to move, and go on after a hold, only by the person at the machine (2006/42/EC, Annex I, 1.2.2 and 1.2.3; ISO 14118,
 * GB/T 19670); a pedal stays the person's.
 */

const hold = (name: string, en: string, zh: string): CommandModel => ({
  name,
  words: { en: `Hold before the next ${en}`, zh: `下一${zh}前暂停` },
  description: {
    en: 'What is under way goes to its end. Only a person at the machine lets it go on. Refused when it is held already.',
    zh: '当前工作照常完成。只有机旁人员可以恢复运行。已暂停时会被拒绝。',
  },
  parameters: [],
});

const loadLay: CommandModel = {
  name: 'load_lay',
  words: { en: 'Load a lay', zh: '下载铺料单' },
  description: {
    en: 'For the next one. Refused while one is under way, and when the machine does not have it.',
    zh: '用于下一床。进行中或设备没有该铺料单时会被拒绝。',
  },
  parameters: [{ name: 'lay', words: { en: 'Lay', zh: '铺料单' }, kind: 'text', longest: 40 }],
};

export const spreaderCommands: readonly CommandModel[] = [loadLay, hold('hold_next_lay', 'lay', '床铺料')];

export const cutterCommands: readonly CommandModel[] = [
  loadLay,
  hold('hold_next_cut', 'cut', '次裁剪'),
  {
    name: 'sharpen_before_next_cut',
    words: { en: 'Sharpen before the next cut', zh: '下次裁剪前磨刀' },
    description: {
      en: 'The machine sharpens its blade when a person has started the next cut, behind its guard. Refused when that is asked for already.',
      zh: '待人员启动下次裁剪后，在防护罩内自动磨刀。已申请时会被拒绝。',
    },
    parameters: [],
  },
];

/** Stitches a minute that a station may be held down to. */
export const speedLimit = { low: 1000, high: 5000 } as const;

export const stationCommands: readonly CommandModel[] = [
  {
    name: 'load_operation',
    words: { en: 'Load an operation', zh: '下载工序' },
    description: {
      en: 'From the next garment on: garment and operation, as shirt/side. Refused when there is no such operation.',
      zh: '自下一件起生效：品类与工序，如 shirt/side。没有该工序时会被拒绝。',
    },
    parameters: [{ name: 'operation', words: { en: 'Operation', zh: '工序' }, kind: 'text', longest: 80 }],
  },
  {
    name: 'limit_speed',
    words: { en: 'Limit the speed', zh: '限制车速' },
    description: {
      en: 'The machine sews no faster, however far the pedal is pressed. It never sews by itself.',
      zh: '无论踏板踩到何处，车速都不会超过此值。机器不会自行车缝。',
    },
    parameters: [
      { name: 'speed', words: { en: 'No faster than', zh: '最高车速' }, kind: 'number', unit: '/min', range: speedLimit, whole: true },
    ],
  },
];

/** °C of the sole: one to three dots of the care label (ISO 3758). */
export const soleTemperature = { low: 110, high: 200 } as const;

export const pressCommands: readonly CommandModel[] = [
  {
    name: 'set_temperature',
    words: { en: 'Set the temperature', zh: '设定温度' },
    description: {
      en: 'Of the sole, for the fabric to come. Refused while the press is closed on a garment.',
      zh: '按后续面料设定熨烫面温度。合模时会被拒绝。',
    },
    parameters: [{ name: 'temperature', words: { en: 'Sole', zh: '熨烫面' }, kind: 'number', unit: 'Cel', range: soleTemperature }],
  },
];
