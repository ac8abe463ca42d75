import type { CommandModel } from '@yunfab/core/verticals';

/**
 * What may be asked of a sterilizer from afar. A cycle begins, a hold ends and the door opens only at the sterilizer, by who sees
 * that nobody is in the chamber and that it is at the pressure of the room (2006/42/EC, Annex I, 1.2.2 and 1.2.3; ISO 14118,
 * GB/T 19670). Nothing of a validated program is changed under way, so there is no command for a temperature or a time.
 */
export const sterilizerCommands: readonly CommandModel[] = [
  {
    name: 'load_program',
    words: { en: 'Load a program', zh: '选择程序' },
    description: {
      en: 'For the next cycle. Refused while a cycle is under way, and when the sterilizer does not have the program.',
      zh: '用于下一个周期。周期进行中或灭菌器没有该程序时会被拒绝。',
    },
    parameters: [{ name: 'program', words: { en: 'Program', zh: '程序' }, kind: 'text', longest: 40 }],
  },
  {
    name: 'hold_next_cycle',
    words: { en: 'Hold before the next cycle', zh: '下一周期前暂停' },
    description: {
      en: 'The cycle under way goes to its end; no other begins. Only a person at the sterilizer lets it go on. Refused when it is held already.',
      zh: '当前周期照常完成，不再开始新周期。只有机旁人员可以恢复运行。已暂停时会被拒绝。',
    },
    parameters: [],
  },
  {
    name: 'abort_cycle',
    words: { en: 'Abort the cycle', zh: '中止周期' },
    description: {
      en: 'Steam is let off, the chamber is vented, the door stays locked, and the load counts as not sterile. Refused when no cycle is under way.',
      zh: '排出蒸汽并使腔体恢复常压，门保持锁定，本批物品视为未灭菌。没有正在进行的周期时会被拒绝。',
    },
    parameters: [{ name: 'reason', words: { en: 'Reason', zh: '原因' }, kind: 'text', longest: 200 }],
  },
];
