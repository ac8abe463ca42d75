import type { CommandModel, ParameterModel } from '@yunfab/core/verticals';

/** Status pages at once. */
export const statusPages = { low: 1, high: 3 } as const;
/** s between two reports of a printer; its network is the shop's. */
export const reportInterval = { low: 10, high: 3600 } as const;

/** A printer stands at somebody else's till: what prints and what restarts is asked for by who serves it. Nothing here moves a blade. */
export const printerCommands: readonly CommandModel[] = [
  {
    name: 'print_status_page',
    words: { en: 'Print a status page', zh: '打印状态页' },
    description: {
      en: 'With its counters, head and supply. Refused in a jam and without supply.',
      zh: '包含计数、打印头与耗材信息。卡纸或耗材用尽时会被拒绝。',
    },
    parameters: [
      { name: 'copies', words: { en: 'Copies', zh: '份数' }, kind: 'number', unit: '1', range: statusPages, whole: true, optional: true },
    ],
  },
  {
    name: 'restart',
    words: { en: 'Restart', zh: '重新启动' },
    description: {
      en: 'Takes a minute in which nothing is printed. Counters stay. Refused while it prints.',
      zh: '约需一分钟，期间无法打印；计数保留。打印时会被拒绝。',
    },
    parameters: [],
  },
];

export const printerConfiguration: readonly ParameterModel[] = [
  {
    name: 'report_interval',
    words: { en: 'A report every', zh: '上报间隔' },
    kind: 'number',
    unit: 's',
    range: reportInterval,
    whole: true,
    optional: true,
  },
];
