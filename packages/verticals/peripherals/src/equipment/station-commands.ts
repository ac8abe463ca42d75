import type { CommandModel } from '@yunfab/core/verticals';

/**
 * What IPC-CFX (IPC-2591) asks of a station: `CFX.Production.ActivateRecipeRequest` and `LockStationRequest`. Its counterpart
 * `UnlockStationRequest` is left out on purpose: a locked station goes on only when a person at it lets it, who sees that no hand
 * is in it (2006/42/EC, Annex I, 1.2.2 and 1.2.3; ISO 14118, GB/T 19670).
 */
export const stationCommands: readonly CommandModel[] = [
  {
    name: 'activate_recipe',
    words: { en: 'Activate a recipe', zh: '切换程序' },
    description: {
      en: 'From the next board on. Refused while a board is in the station, and when it does not have the recipe.',
      zh: '自下一块板起生效。设备内有板或没有该程序时会被拒绝。',
    },
    parameters: [{ name: 'recipe', words: { en: 'Recipe', zh: '程序' }, kind: 'text', longest: 40 }],
  },
  {
    name: 'lock_station',
    words: { en: 'Lock the station', zh: '锁定工位' },
    description: {
      en: 'The board in it goes to its end, no other is let in. Only a person at the station unlocks it. Refused when it is locked already.',
      zh: '设备内的板照常完成，不再进板。只有机旁人员可以解锁。已锁定时会被拒绝。',
    },
    parameters: [
      {
        name: 'reason',
        words: { en: 'Reason', zh: '原因' },
        kind: 'text',
        choices: {
          quality_issue: { en: 'Quality', zh: '质量问题' },
          missing_material: { en: 'Material is missing', zh: '缺料' },
          maintenance: { en: 'Maintenance', zh: '维护' },
          other: { en: 'Other', zh: '其他' },
        },
      },
    ],
  },
];
