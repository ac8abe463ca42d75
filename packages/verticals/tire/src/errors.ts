import { defineErrors } from '@yunfab/core/errors';

export const tireErrors = defineErrors('tire', {
  recipe_taken: {
    status: 409,
    en: 'There is already a cure recipe "{code}". Choose another code; recipes are not changed, because runs were judged by them.',
    zh: '已有硫化配方“{code}”。请另选编号；配方不可修改，因为已有过程据此评定。',
  },
  limits_taken: {
    status: 409,
    en: 'There are already uniformity limits "{code}" of grade {grade}. Choose another code; limits are not changed, because tires were graded by them.',
    zh: '已有均匀性限值“{code}”{grade} 级。请另选编号；限值不可修改，因为已有轮胎据此分级。',
  },
  limits_out_of_order: {
    status: 400,
    en: 'Limits "{code}": grade {grade} and grade {other} contradict each other in {figure}. Let a better grade allow no more than a worse one.',
    zh: '限值“{code}”：{grade} 级与 {other} 级在 {figure} 上矛盾。较好等级的限值不得宽于较差等级。',
  },
  no_uniformity_run: {
    status: 400,
    en: 'Run {run} is of another machine. Name a run of a uniformity machine.',
    zh: '过程 {run} 不属于均匀性试验机。请选择均匀性试验机的过程。',
  },
});
