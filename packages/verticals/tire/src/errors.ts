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
  all_marked: {
    status: 409,
    en: 'Each of the {tires} tires of lot {lot} has its number. Mark the next lot.',
    zh: '批次 {lot} 的 {tires} 条轮胎均已编号。请标记下一批次。',
  },
  not_marked: {
    status: 409,
    en: 'Unit {unit} has no identification number of its birth. Mark the lot that it was made in first.',
    zh: '单件 {unit} 没有出厂识别号。请先标记其所在批次。',
  },
  tin_refused: {
    status: 400,
    en: '{tin} is no tire identification number of 49 CFR 574.5. Correct plant, code or day; the day may not lie in the future.',
    zh: '{tin} 不是 49 CFR 574.5 的轮胎识别号。请更正工厂、代码或日期；日期不得晚于今天。',
  },
  gtin_refused: {
    status: 400,
    en: '"{gtin}" is no GTIN, or its check digit is wrong. Write its 8, 12, 13 or 14 digits.',
    zh: '“{gtin}”不是 GTIN，或校验位有误。请写 8、12、13 或 14 位数字。',
  },
});
