import { defineErrors } from '@yunfab/core/errors';

export const tireErrors = defineErrors('tire', {
  recipe_taken: {
    status: 409,
    en: 'There is already a cure recipe "{code}". Choose another code; recipes are not changed, because runs were judged by them.',
    zh: '已有硫化配方“{code}”。请另选编号；配方不可修改，因为已有过程据此评定。',
  },
});
