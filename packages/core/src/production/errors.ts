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
  no_evaluator: {
    status: 409,
    en: 'No evaluator judges runs of equipment model "{model}" for your organization. Enable the vertical that has one.',
    zh: '贵企业没有可评价设备型号“{model}”的评价器。请启用提供该评价器的行业插件。',
  },
});
