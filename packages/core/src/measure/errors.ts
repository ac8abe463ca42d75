import { defineErrors } from '../errors/index.js';

export const measureErrors = defineErrors('measure', {
  not_convertible: {
    status: 422,
    en: '{value} {from} cannot be converted to {to}: they measure different things. Give the quantity in {to} or a unit of its kind.',
    zh: '{value} {from} 不能换算为 {to}：两者量纲不同。请用 {to} 或同类单位填写数量。',
  },
  not_exact: {
    status: 422,
    en: '{value} {from} cannot be written in {to} exactly with six decimals. Give the quantity in {to}.',
    zh: '{value} {from} 无法以六位小数精确表示为 {to}。请直接以 {to} 填写数量。',
  },
});
