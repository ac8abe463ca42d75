import { defineErrors } from '../../errors/index.js';

export const complaintErrors = defineErrors('complaints', {
  version_stale: {
    status: 409,
    en: 'Complaint {number} is at version {current}, but the request was made from version {sent}. Read it again and repeat the move.',
    zh: '投诉 {number} 当前版本为 {current}，而请求基于版本 {sent}。请重新读取后再操作。',
  },
  not_your_move: {
    status: 403,
    en: '"{moveEn}" belongs to the {moverEn}; your organization is the {sideEn} of complaint {number}.',
    zh: '“{moveZh}”由{moverZh}执行；您的企业是投诉 {number} 的{sideZh}。',
  },
  wrong_state: {
    status: 409,
    en: '"{moveEn}" is not possible: complaint {number} is {stateEn}. Possible now: {possibleEn}.',
    zh: '不能执行“{moveZh}”：投诉 {number} 的状态为“{stateZh}”。当前可执行：{possibleZh}。',
  },
  not_overdue: {
    status: 409,
    en: 'Complaint {number} may be answered until {dueAt}. Wait for the answer, or escalate once that has passed.',
    zh: '投诉 {number} 的答复期限为 {dueAt}。请等待答复，逾期后可提请平台处理。',
  },
  no_operator: {
    status: 409,
    en: 'No organization is named as the operator of this platform, so complaint {number} cannot be escalated. Ask the platform to run `yunfab org operator <code>`.',
    zh: '本平台尚未指定运营方，投诉 {number} 无法提请平台处理。请联系平台执行 `yunfab org operator <code>`。',
  },
  operator_is_party: {
    status: 409,
    en: 'The operator of the platform is a side of complaint {number} and does not decide in its own cause. Settle it between the sides.',
    zh: '平台运营方是投诉 {number} 的当事方，不能判定自己的案件。请双方协商解决。',
  },
  only_parties: {
    status: 403,
    en: 'Only buyer and supplier complain about an order; your organization may read it. Ask a party.',
    zh: '只有采购方和供应方可就订单提出投诉；您的企业仅可查阅。请联系当事方。',
  },
  subject_unknown: {
    status: 422,
    en: 'This order has no {subjectEn} "{id}". Read the order for what it has.',
    zh: '此订单没有编号为“{id}”的{subjectZh}。请读取订单查看。',
  },
});
