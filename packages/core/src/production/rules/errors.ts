import { defineErrors } from '../../errors/index.js';

export const runRuleErrors = defineErrors('run_rules', {
  signal_unknown: {
    status: 422,
    en: 'The equipment has no signal "{signal}". It has: {known}.',
    zh: '设备没有信号“{signal}”。现有信号：{known}。',
  },
  kind_differs: {
    status: 422,
    en: 'Signal "{signal}" is of kind {kind} and cannot be "{is}" {value}. Compare it with a value of its kind.',
    zh: '信号“{signal}”的类型为 {kind}，不能与 {value} 作“{is}”比较。请使用同类型的值。',
  },
  since_too_early: {
    status: 409,
    en: 'Rule "{code}" of this equipment already held until {until}; the next one cannot hold from {since}. Choose a later instant.',
    zh: '该设备的规则“{code}”已生效至 {until}，新规则不能自 {since} 起生效。请选择更晚的时间。',
  },
  since_ahead: {
    status: 422,
    en: 'A rule cannot hold from {since}, which is to come, nor from more than 400 days ago. Choose an instant between.',
    zh: '规则不能自 {since} 起生效：该时间尚未到来，或早于 400 天前。请选择两者之间的时间。',
  },
  already_retired: {
    status: 409,
    en: 'Rule "{code}" has not been in force since {until}.',
    zh: '规则“{code}”自 {until} 起已失效。',
  },
  range_empty: {
    status: 422,
    en: 'The range from {from} to {to} is empty. Give a later end.',
    zh: '从 {from} 到 {to} 的时间范围为空。请填写更晚的结束时间。',
  },
  range_too_dense: {
    status: 422,
    en: 'There are more than {most} samples from {from} to {to}; a preview reads no more. Choose a shorter range.',
    zh: '从 {from} 到 {to} 的采样超过 {most} 个，预览不能读取更多。请缩短时间范围。',
  },
});
