import type { Words } from '@yunfab/core/access';

/**
 * Which bits of a status byte mean what, as in Epson's ESC/POS reference (`DLE EOT n`, `GS a`); Citizen's and SNBC's command
 * manuals give the same bits. What a printer can tell that a person may have to act on, by name.
 */
export const conditions = {
  offline: { en: 'Offline', zh: '脱机' },
  drawer_pin_high: { en: 'Drawer connector pin 3 is high', zh: '钱箱接口 3 脚为高电平' },
  waiting_for_recovery: { en: 'Waits to be brought online again', zh: '等待恢复联机' },
  feed_button: { en: 'Feed button is pressed', zh: '走纸键被按下' },
  feeding_by_button: { en: 'Paper is fed by the feed button', zh: '正用走纸键走纸' },
  cover_open: { en: 'Cover is open', zh: '上盖打开' },
  stopped_by_paper_end: { en: 'Printing stopped because the paper ended', zh: '因纸尽停止打印' },
  error: { en: 'An error occurred', zh: '发生错误' },
  recoverable_error: { en: 'Recoverable error', zh: '可恢复错误' },
  cutter_error: { en: 'Cutter error', zh: '切刀错误' },
  unrecoverable_error: { en: 'Unrecoverable error', zh: '不可恢复错误' },
  auto_recoverable_error: { en: 'Error that clears by itself (head or motor too hot)', zh: '可自动恢复的错误（打印头或电机过热）' },
  paper_near_end: { en: 'Paper is near its end', zh: '纸将尽' },
  paper_end: { en: 'Paper has ended', zh: '纸尽' },
} as const satisfies Readonly<Record<string, Words>>;

export type Condition = keyof typeof conditions;

/** One status byte: bits that are always what they are, and the condition each other mask tells; both bits of a sensor pair belong together. */
export interface StatusByte {
  readonly words: Words;
  readonly fixed: { readonly mask: number; readonly value: number };
  readonly bits: readonly { readonly mask: number; readonly condition: Condition }[];
}

/** A `DLE EOT` answer: bits 0 and 7 off, 1 and 4 on. */
const realTime = { mask: 0b1001_0011, value: 0b0001_0010 };

/** `DLE EOT n`, by n. */
export const realTimeStatus: Readonly<Record<1 | 2 | 3 | 4, StatusByte>> = {
  1: {
    words: { en: 'Printer status', zh: '打印机状态' },
    fixed: realTime,
    bits: [
      { mask: 0x04, condition: 'drawer_pin_high' },
      { mask: 0x08, condition: 'offline' },
      { mask: 0x20, condition: 'waiting_for_recovery' },
      { mask: 0x40, condition: 'feed_button' },
    ],
  },
  2: {
    words: { en: 'Cause of being offline', zh: '脱机原因' },
    fixed: realTime,
    bits: [
      { mask: 0x04, condition: 'cover_open' },
      { mask: 0x08, condition: 'feeding_by_button' },
      { mask: 0x20, condition: 'stopped_by_paper_end' },
      { mask: 0x40, condition: 'error' },
    ],
  },
  3: {
    words: { en: 'Cause of the error', zh: '错误原因' },
    fixed: realTime,
    bits: [
      { mask: 0x04, condition: 'recoverable_error' },
      { mask: 0x08, condition: 'cutter_error' },
      { mask: 0x20, condition: 'unrecoverable_error' },
      { mask: 0x40, condition: 'auto_recoverable_error' },
    ],
  },
  4: {
    words: { en: 'Roll paper sensors', zh: '卷纸传感器' },
    fixed: realTime,
    bits: [
      { mask: 0x0c, condition: 'paper_near_end' },
      { mask: 0x60, condition: 'paper_end' },
    ],
  },
};

/** Automatic Status Back (`GS a`), four bytes; the first alone has bit 4 on, which is how a reader finds it in a stream. */
export const automaticStatus: readonly StatusByte[] = [
  {
    words: { en: 'Printer', zh: '打印机' },
    fixed: { mask: 0b1001_0011, value: 0b0001_0000 },
    bits: [
      { mask: 0x04, condition: 'drawer_pin_high' },
      { mask: 0x08, condition: 'offline' },
      { mask: 0x20, condition: 'cover_open' },
      { mask: 0x40, condition: 'feeding_by_button' },
    ],
  },
  {
    words: { en: 'Error', zh: '错误' },
    fixed: { mask: 0b1001_0000, value: 0 },
    bits: [
      { mask: 0x01, condition: 'waiting_for_recovery' },
      { mask: 0x02, condition: 'feed_button' },
      { mask: 0x04, condition: 'recoverable_error' },
      { mask: 0x08, condition: 'cutter_error' },
      { mask: 0x20, condition: 'unrecoverable_error' },
      { mask: 0x40, condition: 'auto_recoverable_error' },
    ],
  },
  {
    words: { en: 'Roll paper sensors', zh: '卷纸传感器' },
    fixed: { mask: 0b1001_0000, value: 0 },
    bits: [
      { mask: 0x03, condition: 'paper_near_end' },
      { mask: 0x0c, condition: 'paper_end' },
    ],
  },
  { words: { en: 'Reserved', zh: '保留' }, fixed: { mask: 0b1001_0000, value: 0 }, bits: [] },
];
