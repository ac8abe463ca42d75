import { defineErrors } from '../errors/index.js';

export const lifecycleErrors = defineErrors('lifecycle', {
  version_stale: {
    status: 409,
    en: 'The lot is at version {current}, but the request was made from version {sent}. Read it again and repeat the change.',
    zh: '批次当前版本为 {current}，而请求基于版本 {sent}。请重新读取后再操作。',
  },
  not_the_maker: {
    status: 403,
    en: 'Only the maker of lot "{lot}" may change it. Ask the maker.',
    zh: '只有批次“{lot}”的生产方可以更改它。请联系生产方。',
  },
  wrong_state: {
    status: 409,
    en: 'Lot "{lot}" is {state}; {event} is not possible then. Look at its state first.',
    zh: '批次“{lot}”的状态为 {state}，不能执行 {event}。请先查看其状态。',
  },
  code_taken: {
    status: 409,
    en: 'Your organization already has a lot with the code "{code}". Choose another code.',
    zh: '您的企业已有代码为“{code}”的批次。请换一个代码。',
  },
  gate_failed: {
    status: 409,
    en: 'Lot "{lot}" cannot be released: {failed} of {asked} conditions do not hold ({firstEn}). See the findings.',
    zh: '批次“{lot}”不能放行：{asked} 项条件中有 {failed} 项不满足（{firstZh}）。请查看各项结果。',
  },
  not_released: {
    status: 409,
    en: 'Lot "{lot}" is {state} and only released lots can be shipped. Release it first.',
    zh: '批次“{lot}”的状态为 {state}，只有已放行的批次可以发货。请先放行。',
  },
  holds_less: {
    status: 409,
    en: 'Lot "{lot}" holds {left} {unit} that are not shipped yet; {asked} were asked for. Ship at most {left}.',
    zh: '批次“{lot}”尚有 {left} {unit} 未发货，而请求为 {asked}。最多可发 {left}。',
  },
});
