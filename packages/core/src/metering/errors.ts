import { defineErrors } from '../errors/index.js';

export const meteringErrors = defineErrors('metering', {
  month_invalid: {
    status: 422,
    en: '{month} has not begun yet. Choose this month or an earlier one.',
    zh: '{month} 尚未开始。请选择本月或更早的月份。',
  },
  month_open: {
    status: 409,
    en: '{month} is not closed yet, so there is nothing to correct: its days are still counted. Wait until it is closed.',
    zh: '{month} 尚未结算，无需更正：其每日用量仍在统计。请待结算后再更正。',
  },
});
