import { defineErrors } from '@yunfab/core/errors';

export const fishingGearErrors = defineErrors('fishing-gear', {
  prepreg_taken: {
    status: 409,
    en: 'There is already a prepreg "{code}". Choose another code; prepregs are not changed, because blanks were judged by them.',
    zh: '已有预浸料“{code}”。请另选编号；预浸料不可修改，因为已有竿坯据此评定。',
  },
  design_taken: {
    status: 409,
    en: 'There is already a blank design "{code}". Choose another code; designs are not changed, because blanks were judged by them.',
    zh: '已有竿坯设计“{code}”。请另选编号；设计不可修改，因为已有竿坯据此评定。',
  },
  design_unknown: {
    status: 422,
    en: 'Your organization has no blank design "{code}". Save it first, or choose another.',
    zh: '您的企业没有竿坯设计“{code}”。请先保存，或选择其他设计。',
  },
  prepreg_unknown: {
    status: 422,
    en: 'The design is rolled from prepreg "{prepreg}", which your organization has not saved. Save it first.',
    zh: '设计所用预浸料“{prepreg}”尚未保存。请先保存该预浸料。',
  },
  campaign_unknown: {
    status: 422,
    en: 'Your organization has no campaign "{code}". Open it first, or choose another.',
    zh: '您的企业没有活动“{code}”。请先建立，或选择其他活动。',
  },
  not_an_oven_run: {
    status: 422,
    en: 'Run "{run}" is of no curing oven ({model}). Choose a run of an oven.',
    zh: '过程“{run}”不是固化炉的过程（{model}）。请选择固化炉的过程。',
  },
  no_cure_yet: {
    status: 409,
    en: 'Oven "{oven}" has no evaluated run yet. Wait for its cure to end, or name another.',
    zh: '固化炉“{oven}”尚无已评定的过程。请等待固化结束，或指定其他固化炉。',
  },
  lot_not_own: {
    status: 422,
    en: 'Lot "{lot}" was made by another organization. Charge the oven with lots of your own.',
    zh: '批次“{lot}”由其他企业生产。只能装入本企业的批次。',
  },
  price_impossible: {
    status: 422,
    en: 'There is no price: {problem}. Correct the costing.',
    zh: '无法计算价格：{problem}。请更正成本数据。',
  },
});
