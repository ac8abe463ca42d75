import { defineErrors } from '../../errors/index.js';

export const ratingErrors = defineErrors('ratings', {
  nothing_accepted: {
    status: 409,
    en: 'Nothing of order "{number}" has been accepted yet. Rate it once something has.',
    zh: '订单“{number}”尚无验收合格的数量。请在验收后再评价。',
  },
  already_rated: {
    status: 409,
    en: 'Your organization has rated order "{number}" already. Revise that rating.',
    zh: '您的企业已评价过订单“{number}”。请修改原评价。',
  },
  only_parties: {
    status: 403,
    en: 'Only buyer and supplier rate an order; your organization may read it. Ask a party.',
    zh: '只有采购方和供应方可评价订单；您的企业仅可查阅。请联系当事方。',
  },
  rating_unknown: {
    status: 422,
    en: 'Order "{number}" has no such rating of the {sideEn}. Read the ratings of the order.',
    zh: '订单“{number}”没有{sideZh}的该评价。请读取订单的评价。',
  },
  revision_stale: {
    status: 409,
    en: 'The rating is at revision {current}, but the request was made from revision {sent}. Read it again and repeat the change.',
    zh: '评价当前为第 {current} 版，而请求基于第 {sent} 版。请重新读取后再操作。',
  },
  too_late: {
    status: 409,
    en: 'The rating was given on {ratedOn} and could be revised for {days} days. File a complaint, or rate the next order.',
    zh: '评价于 {ratedOn} 作出，仅可在 {days} 天内修改。如有异议请提出投诉，或在下一张订单中评价。',
  },
  already_answered: {
    status: 409,
    en: 'Your organization has answered this rating on {repliedOn}; a rating is answered once.',
    zh: '您的企业已于 {repliedOn} 回复此评价，每条评价只能回复一次。',
  },
  organization_unknown: {
    status: 422,
    en: 'There is no organization with the code "{code}" on this platform. Check the code.',
    zh: '平台上没有代码为“{code}”的企业。请检查代码。',
  },
  period_invalid: {
    status: 422,
    en: 'A period from {since} to {until} is not possible: it ends after it begins, and spans 366 days at most. Choose another.',
    zh: '期间 {since} 至 {until} 无效：结束日期须晚于开始日期，且最长 366 天。请重新选择。',
  },
});
