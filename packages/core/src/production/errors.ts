import { defineErrors } from '../errors/index.js';

export const productionErrors = defineErrors('production', {
  version_stale: {
    status: 409,
    en: 'The job order is at version {current}, but the request was made from version {sent}. Read it again and repeat the change.',
    zh: '工单当前版本为 {current}，而请求基于版本 {sent}。请重新读取后再操作。',
  },
  job_not_in_progress: {
    status: 409,
    en: 'Job order "{job}" is {state}; this is possible only while it is in progress.',
    zh: '工单“{job}”的状态为 {state}，只有生产中的工单才能执行此操作。',
  },
  job_code_taken: {
    status: 409,
    en: 'Your organization already has a job order with the code "{code}". Choose another code.',
    zh: '您的企业已有代码为“{code}”的工单。请换一个代码。',
  },
  equipment_unknown: {
    status: 422,
    en: 'Your organization has no active equipment with the id "{equipment}". Choose one of your own.',
    zh: '您的企业没有编号为“{equipment}”的在用设备。请选择本企业的设备。',
  },
  equipment_busy: {
    status: 409,
    en: 'Equipment "{equipment}" is already working on job order "{job}". Complete that job order or choose other equipment.',
    zh: '设备“{equipment}”正在执行工单“{job}”。请先完成该工单或选择其他设备。',
  },
  operation_unknown: {
    status: 422,
    en: 'Job order "{job}" has no operation "{operation}". Read the job order for its operations.',
    zh: '工单“{job}”没有工序“{operation}”。请读取工单查看其工序。',
  },
  operation_waits: {
    status: 409,
    en: '"{moveEn}" of operation {position} waits for operation {before}, which comes first. Move that one on.',
    zh: '工序 {position} 的“{moveZh}”须等待前一道工序 {before}。请先推进前一道工序。',
  },
  operation_wrong_state: {
    status: 409,
    en: '"{moveEn}" is not possible: operation {position} is {stateEn}. Read the job order for its operations.',
    zh: '不能执行“{moveZh}”：工序 {position} 的状态为“{stateZh}”。请读取工单查看其工序。',
  },
  rework_open: {
    status: 409,
    en: 'Operation {position} still has {quantity} {unit} in rework. Report what became of them first.',
    zh: '工序 {position} 仍有 {quantity} {unit} 在返工。请先报告其结果。',
  },
  rework_exceeds: {
    status: 409,
    en: '{asked} units were to leave rework, but operation {position} has {quantity} there. Correct the quantity.',
    zh: '拟结束返工 {asked}，但工序 {position} 仅有 {quantity} 在返工。请更正数量。',
  },
  rework_not_before: {
    status: 422,
    en: 'Operation {position} comes not before the one that sends units back to it. Name an earlier operation of the same job order.',
    zh: '工序 {position} 不在退回返工的工序之前。请选择同一工单中更早的工序。',
  },
  operation_counted: {
    status: 409,
    en: 'Operation {position} has counted units and cannot be left out. Finish it instead.',
    zh: '工序 {position} 已有报工数量，不能取消。请改为完工。',
  },
  operation_final: {
    status: 409,
    en: 'Operation {position} is the last: what leaves it is what the job order makes. Complete the job order instead.',
    zh: '工序 {position} 是末道工序，其产出即工单产出，不能取消。请改为完成工单。',
  },
  operation_outside: {
    status: 409,
    en: 'Operation {position} is performed by a subcontractor under an order of its own; that order moves it. Work on the order.',
    zh: '工序 {position} 由分包方按分包订单完成，由该订单推进。请在分包订单中操作。',
  },
  operation_not_outside: {
    status: 409,
    en: 'Operation {position} is not performed outside. Say so first, before it has begun.',
    zh: '工序 {position} 不是外协工序。请在开工前先标记为外协。',
  },
  reason_unknown: {
    status: 422,
    en: 'Your organization has no reason "{code}" in use. Read the list of reasons and choose one.',
    zh: '贵企业没有在用的原因代码“{code}”。请读取原因清单后选择。',
  },
  operations_open: {
    status: 409,
    en: 'Job order "{job}" has operations that have not begun: {positions}. Start and finish them, or say that they are skipped.',
    zh: '工单“{job}”尚有未开工的工序：{positions}。请先完成这些工序，或明确跳过。',
  },
  operation_twice: {
    status: 422,
    en: 'The position {position} is there twice, or the routing has no operation at it. Give every operation its own.',
    zh: '位置 {position} 重复，或工艺路线中没有该位置的工序。每道工序须有各自的位置。',
  },
  revision_unknown: {
    status: 422,
    en: 'There is no revision "{revision}" that your organization may see. Check the id.',
    zh: '没有您的企业可见的版次“{revision}”。请检查编号。',
  },
  revision_not_released: {
    status: 409,
    en: 'Revision {what} is {stateEn}; only released ones are made. Release it first.',
    zh: '版次 {what} 的状态为“{stateZh}”，只能按已发布的版次生产。请先发布。',
  },
  unit_differs: {
    status: 422,
    en: 'Revision {what} is counted in {expected}, the order line in {unit}. Make a revision that is counted alike.',
    zh: '版次 {what} 按 {expected} 计量，而订单行按 {unit} 计量。请使用计量单位一致的版次。',
  },
  issue_unknown: {
    status: 422,
    en: 'Job order "{job}" has no material issue "{issue}" that can be taken back. Read the job order for its materials.',
    zh: '工单“{job}”没有可退回的领料记录“{issue}”。请读取工单查看其物料。',
  },
  lot_not_of_job: {
    status: 422,
    en: 'Lot "{lot}" is not made by job order "{job}". Read the job order for its lots.',
    zh: '批次“{lot}”不是工单“{job}”所生产。请读取工单查看其批次。',
  },
  lot_open: {
    status: 409,
    en: 'Lot "{lot}" is still open for this operation. Close it before opening the next.',
    zh: '该工序的批次“{lot}”尚未结束。请先结批再开新批次。',
  },
  lot_unknown: {
    status: 422,
    en: 'Job order "{job}" has no open lot "{lot}". Read the job order for its lots.',
    zh: '工单“{job}”没有进行中的批次“{lot}”。请读取工单查看其批次。',
  },
  nothing_counted: {
    status: 422,
    en: 'Good and scrap are both zero. Give at least one of them.',
    zh: '合格数与废品数均为零。请至少填写一项。',
  },
  not_whole: {
    status: 422,
    en: '{value} is not a whole number, and {unit} is counted in whole numbers. Correct the value.',
    zh: '{value} 不是整数，而单位 {unit} 只能按整数计量。请更正数值。',
  },
  run_not_ended: {
    status: 409,
    en: 'Run "{run}" has not ended; it is evaluated when it does. Read it for the provisional evaluation.',
    zh: '过程“{run}”尚未结束，结束后将自动评价。可读取查看临时评价。',
  },
  run_withdrawn: {
    status: 409,
    en: 'Run "{run}" is withdrawn: later samples show that there was no such run. Read its earlier bounds and evaluations.',
    zh: '过程“{run}”已撤销：补传数据显示没有该过程。可查看其先前的起止和评价。',
  },
  samples_no_longer_kept: {
    status: 409,
    en: 'The first samples of run "{run}" are no longer kept, only those from {at} on. Its evaluation by all of them stands.',
    zh: '过程“{run}”最初的采样已不再保留，仅保留 {at} 之后的采样。原有评价保持有效。',
  },
  no_evaluator: {
    status: 409,
    en: 'No evaluator judges runs of equipment model "{model}" for your organization. Enable the vertical that has one.',
    zh: '贵企业没有可评价设备型号“{model}”的评价器。请启用提供该评价器的行业插件。',
  },
});
