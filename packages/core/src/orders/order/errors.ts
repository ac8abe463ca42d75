import { defineErrors, type ErrorDefinition } from '../../errors/index.js';
import { type Obstacle, obstacles } from './states.js';
import { obstacleWords } from './words.js';

const obstacleErrors = Object.fromEntries(obstacles.map((obstacle) => [obstacle, { status: 409, ...obstacleWords[obstacle] }])) as Record<
  Obstacle,
  ErrorDefinition
>;

export const ordersErrors = defineErrors('orders', {
  ...obstacleErrors,
  version_stale: {
    status: 409,
    en: 'The order is at version {current}, but the request was made from version {sent}. Read it again and repeat the move.',
    zh: '订单当前版本为 {current}，而请求基于版本 {sent}。请重新读取后再操作。',
  },
  not_your_move: {
    status: 403,
    en: '"{moveEn}" belongs to the {moverEn}; your organization is the {sideEn} of this order.',
    zh: '“{moveZh}”由{moverZh}执行；您的企业在此订单中是{sideZh}。',
  },
  wrong_state: {
    status: 409,
    en: '"{moveEn}" is not possible: the order is {stateEn}. Your moves now: {possibleEn}.',
    zh: '不能执行“{moveZh}”：订单状态为“{stateZh}”。贵方当前可执行：{possibleZh}。',
  },
  supplier_unknown: {
    status: 422,
    en: 'There is no organization with the code "{supplier}" on this platform. Check the code.',
    zh: '平台上没有代码为“{supplier}”的企业。请检查代码。',
  },
  supplier_suspended: {
    status: 422,
    en: 'The organization "{supplier}" is suspended and cannot take orders. Choose another supplier.',
    zh: '企业“{supplier}”已被停用，不能接单。请选择其他供应商。',
  },
  supplier_is_self: {
    status: 422,
    en: 'Your organization "{supplier}" cannot order from itself. Choose another supplier.',
    zh: '您的企业“{supplier}”不能向自己下单。请选择其他供应商。',
  },
  own_number_taken: {
    status: 409,
    en: 'Your organization already has an order with the number "{number}". Choose another number.',
    zh: '您的企业已有编号为“{number}”的订单。请换一个编号。',
  },
  amount_too_large: {
    status: 422,
    en: 'The amount of {whatEn} would be {amount}; the largest is 999999999999.999999. Split the order.',
    zh: '{whatZh}的金额为 {amount}，超过上限 999999999999.999999。请拆分订单。',
  },
  schedule_differs: {
    status: 422,
    en: 'The schedule of line {line} adds up to {sum}, but the line is {quantity}. Let the parts add up to the line.',
    zh: '第 {line} 行的交货计划合计为 {sum}，而该行数量为 {quantity}。请使分批数量之和等于行数量。',
  },
  schedule_day_twice: {
    status: 422,
    en: 'The schedule of line {line} names the same day twice. Add the two parts together.',
    zh: '第 {line} 行的交货计划中同一日期出现两次。请合并为一条。',
  },
  milestone_unknown: {
    status: 422,
    en: 'This order has no milestone "{milestone}" for this move. Read the order for its milestones.',
    zh: '此订单没有可执行此操作的里程碑“{milestone}”。请读取订单查看里程碑。',
  },
  line_unknown: {
    status: 422,
    en: 'This order has no line "{line}". Read the order for its lines.',
    zh: '此订单没有行“{line}”。请读取订单查看各行。',
  },
  not_whole: {
    status: 422,
    en: '{value} is not a whole number, and {unit} is counted in whole numbers. Correct the value.',
    zh: '{value} 不是整数，而单位 {unit} 只能按整数计量。请更正数值。',
  },
  starts_more_than_owed: {
    status: 409,
    en: 'Line {line} has {left} that no job order makes yet. Start at most {left}.',
    zh: '第 {line} 行尚有 {left} 未安排生产。最多可安排 {left}。',
  },
  lot_unknown: {
    status: 422,
    en: 'No lot "{lot}" was made for line {line} of this order. Read the job orders of the order for their lots.',
    zh: '没有为此订单第 {line} 行生产的批次“{lot}”。请查看订单的工单及其批次。',
  },
  ships_more_than_owed: {
    status: 409,
    en: 'Line {line}: {left} may be shipped at most (ordered {ordered}, tolerance +{tolerance} %, shipped {shipped}, rejected {rejected}, returned {returned}); {asked} were asked for. Ship at most {left}.',
    zh: '第 {line} 行最多可发 {left}（订购 {ordered}，允许超交 {tolerance}%，已发 {shipped}，拒收 {rejected}，退货 {returned}），而请求发货 {asked}。最多可发 {left}。',
  },
  ships_more_than_produced: {
    status: 409,
    en: 'Line {line}: {left} produced units are not shipped yet (produced {produced}, shipped {shipped}); {asked} were asked for. Ship at most {left}.',
    zh: '第 {line} 行已生产未发货的数量为 {left}（已生产 {produced}，已发 {shipped}），而请求发货 {asked}。最多可发 {left}。',
  },
  shipment_number_taken: {
    status: 409,
    en: 'Your organization already has a shipment with the number "{number}". Choose another number.',
    zh: '您的企业已有编号为“{number}”的发货单。请换一个编号。',
  },
  shipment_unknown: {
    status: 422,
    en: 'This order has no shipment or shipment line "{shipment}". Read the order for its shipments.',
    zh: '此订单没有发货单或发货行“{shipment}”。请读取订单查看发货。',
  },
  receives_more_than_shipped: {
    status: 409,
    en: 'Line {line}: {left} are still underway (shipped {shipped}, received {received}); {asked} were asked for. Receive at most {left}.',
    zh: '第 {line} 行在途数量为 {left}（已发 {shipped}，已收 {received}），而请求收货 {asked}。最多可收 {left}。',
  },
  inspects_more_than_received: {
    status: 409,
    en: 'Line {line}: {left} await inspection (received {received}, accepted {accepted}, conceded {conceded}, rejected {rejected}); {asked} were asked for. Inspect at most {left}.',
    zh: '第 {line} 行待检数量为 {left}（已收 {received}，合格 {accepted}，让步接收 {conceded}，拒收 {rejected}），而请求为 {asked}。最多可检 {left}。',
  },
  entry_unknown: {
    status: 422,
    en: 'This order has no entry "{entry}" that your side may reverse: only your own received, accepted and rejected can be. Read the ledger.',
    zh: '此订单没有可由贵方冲销的记录“{entry}”：只能冲销贵方的收货、验收和拒收记录。请查看台账。',
  },
  reverses_more: {
    status: 409,
    en: 'Of this entry {left} can still be reversed; {asked} were asked for. Reverse at most {left}, and inspection results before the receipt they rest on.',
    zh: '该记录最多还可冲销 {left}，而请求冲销 {asked}。请先冲销依据该收货的检验记录。',
  },
});
