import { defineErrors } from '@yunfab/core/errors';

export const peripheralsErrors = defineErrors('peripherals', {
  serial_unknown: {
    status: 404,
    en: 'Your organization sees no unit with the serial number "{serial}". Check the number on its label.',
    zh: '贵企业看不到序列号为“{serial}”的单件。请核对标签上的号码。',
  },
  serial_ambiguous: {
    status: 409,
    en: '{count} units carry the serial number "{serial}". Name the unit by its id.',
    zh: '有 {count} 个单件的序列号为“{serial}”。请用单件编号指明。',
  },
  designator_unknown: {
    status: 422,
    en: 'Nothing is recorded at "{designator}" of "{serial}". Recorded are: {known}.',
    zh: '“{serial}”的位号“{designator}”没有记录。已记录的有：{known}。',
  },
  designator_not_in_bom: {
    status: 422,
    en: 'The bill of materials of {item} {revision} has no designator "{designator}". It has: {known}.',
    zh: '{item} {revision} 的物料清单没有位号“{designator}”。已有位号：{known}。',
  },
  designator_twice: {
    status: 422,
    en: 'Designator "{designator}" is bound twice. Bind each designator once.',
    zh: '位号“{designator}”被重复绑定。每个位号只能绑定一次。',
  },
  failure_unknown: {
    status: 404,
    en: 'No failure was reported with the case "{case}". Choose one of the reported failures.',
    zh: '工单“{case}”没有对应的故障报告。请选择已报告的故障。',
  },
  supply_unknown: {
    status: 404,
    en: 'Nothing was reported of supply {supply} of printer "{printer}". Report its readings first.',
    zh: '打印机“{printer}”的耗材 {supply} 尚无读数。请先上报读数。',
  },
});
