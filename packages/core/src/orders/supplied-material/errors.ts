import { defineErrors } from '../../errors/index.js';

export const suppliedErrors = defineErrors('supplied', {
  material_unknown: {
    status: 422,
    en: 'This order has no supplied material "{material}". Read the supplied material of the order.',
    zh: '此订单没有来料“{material}”。请读取该订单的来料。',
  },
  version_stale: {
    status: 409,
    en: 'The material is at version {current}, but the request was made from version {sent}. Read it again and repeat.',
    zh: '该来料当前版本为 {current}，而请求基于版本 {sent}。请重新读取后再操作。',
  },
  not_your_side: {
    status: 403,
    en: '"{kindEn}" is written by the {moverEn}; your organization is the {sideEn} of this order.',
    zh: '“{kindZh}”由{moverZh}登记；您的企业在此订单中是{sideZh}。',
  },
  order_over: {
    status: 409,
    en: 'The order is {stateEn}; nothing more is provided for it. Provide material while it is under way.',
    zh: '订单状态为“{stateZh}”，不再提供来料。请在订单执行期间提供。',
  },
  unit_differs: {
    status: 422,
    en: 'The material is counted in {unit} and lot "{lot}" in {lotUnit}. Use a lot of the same unit.',
    zh: '来料的单位为 {unit}，而批次“{lot}”的单位为 {lotUnit}。请使用相同单位的批次。',
  },
  units_numbered: {
    status: 409,
    en: 'Lot "{lot}" has units with serial numbers, which are not provided by quantity. Ship them one by one as an activity.',
    zh: '批次“{lot}”含有序列号单件，不能按数量提供来料。请以活动逐件发运。',
  },
  lot_unknown: {
    status: 422,
    en: 'No lot "{lot}" was provided under this material. Read the material for its lots.',
    zh: '该来料项下没有批次“{lot}”。请读取来料查看其批次。',
  },
  more_than_there: {
    status: 409,
    en: 'Of this material {left} {unit} can be {doneEn}; {asked} were asked for. Ask for at most {left}.',
    zh: '该来料可{doneZh}的数量为 {left} {unit}，而请求为 {asked}。最多可{doneZh} {left}。',
  },
  other_order: {
    status: 409,
    en: 'Lot "{lot}" was provided for other orders, and {left} {unit} of it are free for this job order; {asked} were asked for. Use a lot of this order, or your own.',
    zh: '批次“{lot}”是为其他订单提供的来料，本工单可用 {left} {unit}，而请求为 {asked}。请使用本订单的来料或自有批次。',
  },
  entry_unknown: {
    status: 422,
    en: 'The material has no entry "{entry}" that your side may take back. Read the entries of the material.',
    zh: '该来料没有可由贵方冲销的记录“{entry}”。请查看来料记录。',
  },
  taken_by_job: {
    status: 409,
    en: 'This use was recorded by an issue to a job order. Take the issue back there.',
    zh: '该耗用由工单领料产生。请在工单中退料。',
  },
});
