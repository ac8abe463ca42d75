import { defineErrors } from '../../errors/index.js';

export const subcontractErrors = defineErrors('subcontract', {
  exceeds_allocated: {
    status: 409,
    en: 'Line {line}: {left} can still be given to subcontractors for these operations; {asked} were asked for. Ask for at most {left}.',
    zh: '第 {line} 行在所选工序范围内最多还可分包 {left}，而请求为 {asked}。最多可分包 {left}。',
  },
  back_to_buyer: {
    status: 409,
    en: '"{factory}" is the buyer of this order; its own order cannot go back to it. Choose another factory.',
    zh: '“{factory}”是此订单的采购方，不能把其订单再分包给它。请选择其他工厂。',
  },
  sub_line_unknown: {
    status: 422,
    en: 'Your organization has no order line "{subLine}" that it has ordered and that is still open. Read the sub-order for its lines.',
    zh: '贵方没有可用的订货行“{subLine}”（须为贵方下达且仍在执行）。请读取分包订单查看其行。',
  },
  sub_line_taken: {
    status: 409,
    en: 'Of this sub-order line {left} serve no other line yet; {asked} were asked for. Ask for at most {left}.',
    zh: '该分包订单行尚有 {left} 未分配给其他订单行，而请求为 {asked}。最多可分配 {left}。',
  },
  unit_differs: {
    status: 422,
    en: 'The sub-order line is counted in {sub} and line {line} in {unit}. Use a sub-order line of the same unit.',
    zh: '分包订单行的单位为 {sub}，而第 {line} 行的单位为 {unit}。请使用相同单位的分包订单行。',
  },
  orders_less: {
    status: 422,
    en: 'The sub-order would order {ordered}, less than the {asked} that it shall make of this line. Order at least {asked}.',
    zh: '分包订单的数量为 {ordered}，少于本行需要分包的 {asked}。订购数量至少为 {asked}。',
  },
  allocation_unknown: {
    status: 422,
    en: 'This order has no allocation "{allocation}" to a subcontractor. Read the allocations of the order.',
    zh: '此订单没有分包分配“{allocation}”。请读取该订单的分包分配。',
  },
  already_delivered: {
    status: 409,
    en: 'Of this allocation {left} are not delivered yet and can be released; {asked} were asked for. Release at most {left}.',
    zh: '该分配中尚有 {left} 未交付，可以释放，而请求为 {asked}。最多可释放 {left}。',
  },
  nothing_to_credit: {
    status: 409,
    en: 'Of this delivery {left} can be taken into the line: accepted, in stock and allocated; {asked} were asked for. Ask for at most {left}.',
    zh: '该到货中可转入订单行的数量为 {left}（已验收、在库且已分配），而请求为 {asked}。最多可转入 {left}。',
  },
  credit_used: {
    status: 409,
    en: 'Of these goods {left} can still be taken back; the rest was shipped or used on your own order. Take back at most {left}.',
    zh: '这批货物最多还可收回 {left}，其余已用于贵方自己的订单或已发运。最多可收回 {left}。',
  },
  operation_counted: {
    status: 409,
    en: 'What was accepted here is counted at operation {position} of job order {job}. Report the units as scrap or rework there; the acceptance stays.',
    zh: '此处验收的数量已计入工单 {job} 的第 {position} 道工序。请在该工序报废或返工处理，验收记录保持不变。',
  },
  makers_shown: {
    status: 409,
    en: 'Lot "{lot}" has units with serial numbers of another maker, which your buyer would read. Give them serial numbers of your own first.',
    zh: '批次“{lot}”含有其他生产方编号的单件，发运后采购方会看到该生产方。请先以贵方自己的序列号重新编号。',
  },
  still_under_way: {
    status: 409,
    en: 'The sub-order is {stateEn}: its operations end when it does. Close, cancel or cut it first.',
    zh: '分包订单状态为“{stateZh}”，其外协工序随订单结束而结束。请先完成、取消或短交结单。',
  },
  operation_of_other: {
    status: 422,
    en: 'Job order "{job}" does not make line {line}, or has no operation "{operation}". Read the job orders of the order.',
    zh: '工单“{job}”不是为第 {line} 行生产，或没有工序“{operation}”。请查看该订单的工单。',
  },
});
