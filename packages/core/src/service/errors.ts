import { defineErrors } from '../errors/index.js';

export const serviceErrors = defineErrors('service', {
  own_product: {
    status: 422,
    en: 'Your organization made "{thing}" itself; a case goes to another maker. Record an inspection of it instead.',
    zh: '“{thing}”由贵企业自行制造；服务工单应提交给其他制造方。请改为登记检验。',
  },
  due_in_past: {
    status: 422,
    en: 'The answer is asked for by {dueBy}, which has passed. Name a later time.',
    zh: '要求答复的时间 {dueBy} 已过。请给出更晚的时间。',
  },
  occurred_in_future: {
    status: 422,
    en: 'It is said to have happened at {occurredAt}, which is still to come. Name when it happened.',
    zh: '发生时间 {occurredAt} 尚未到来。请填写实际发生时间。',
  },
  version_stale: {
    status: 409,
    en: 'Case {number} is at version {current}, but the request was made from version {sent}. Read it again and repeat the move.',
    zh: '工单 {number} 当前版本为 {current}，而请求基于版本 {sent}。请重新读取后再操作。',
  },
  not_your_move: {
    status: 403,
    en: '"{moveEn}" is for the {moverEn}; your organization is the {sideEn} of this case. Ask the other side.',
    zh: '“{moveZh}”应由{moverZh}执行；贵企业是该工单的{sideZh}。请联系对方。',
  },
  wrong_state: {
    status: 409,
    en: '"{moveEn}" is not possible: case {number} is {stateEn}. Possible now: {possibleEn}.',
    zh: '不能执行“{moveZh}”：工单 {number} 的状态为“{stateZh}”。当前可执行：{possibleZh}。',
  },
  case_closed: {
    status: 409,
    en: 'Case {number} is closed; nothing is added to it any more. Open a new case.',
    zh: '工单 {number} 已结案，不能再补充。请提交新的工单。',
  },
});
