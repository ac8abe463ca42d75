import { defineErrors } from '../../errors/index.js';

export const changesErrors = defineErrors('changes', {
  change_unknown: {
    status: 422,
    en: 'The change order "{change}" is not the one that waits for an answer. Read the order for it.',
    zh: '变更单“{change}”不是当前待答复的变更单。请重新读取订单。',
  },
  nothing_changes: {
    status: 422,
    en: 'These terms are those of the order already. Change at least one of them.',
    zh: '所填条款与订单现有条款相同。请至少更改一项。',
  },
  line_twice: {
    status: 422,
    en: 'Line {line} is named twice in this change order. Name each line once.',
    zh: '变更单中第 {line} 行出现两次。每行只能出现一次。',
  },
  milestone_unknown: {
    status: 422,
    en: 'This order has no milestone "{milestone}" that can still be changed. Read the order for its milestones.',
    zh: '此订单没有可更改的里程碑“{milestone}”。请读取订单查看里程碑。',
  },
  below_shipped: {
    status: 409,
    en: 'Line {line} cannot go down to {asked}: {least} are shipped and not sent back. Ask for at least {least}.',
    zh: '第 {line} 行不能减至 {asked}：已有 {least} 发出且未退回。数量至少为 {least}。',
  },
  below_tolerance: {
    status: 409,
    en: 'Of line {line} {shipped} are shipped and not sent back, more than {ordered} with a tolerance of {tolerance} % allow. Ask for a larger quantity or tolerance.',
    zh: '第 {line} 行已发出且未退回 {shipped}，超过 {ordered} 加上 {tolerance}% 溢装允差的数量。请填写更大的数量或允差。',
  },
  no_line_left: {
    status: 422,
    en: 'This change order would take out every line. Ask for a cancellation instead.',
    zh: '该变更单会删除全部订单行。请改为申请取消订单。',
  },
});
