import { defineErrors } from '../../errors/index.js';

export const termsErrors = defineErrors('terms', {
  version_stale: {
    status: 409,
    en: 'The draft is at revision {current}, but the request was made from revision {sent}. Read it again and repeat the change.',
    zh: '草稿当前为第 {current} 次修改，而请求基于第 {sent} 次。请重新读取后再操作。',
  },
  draft_exists: {
    status: 409,
    en: 'Terms "{code}" already have a draft. Edit or publish that one first.',
    zh: '合同文本“{code}”已有草稿。请先修改或发布该草稿。',
  },
  already_published: {
    status: 409,
    en: 'Version {number} of terms "{code}" is published and does not change any more. Draft a new version.',
    zh: '合同文本“{code}”第 {number} 版已发布，不能再更改。请起草新版本。',
  },
  not_published: {
    status: 409,
    en: 'Version {number} of terms "{code}" is still a draft. Publish it first.',
    zh: '合同文本“{code}”第 {number} 版仍是草稿。请先发布。',
  },
  retired: {
    status: 409,
    en: 'Version {number} of terms "{code}" is retired and is not attached to further orders. Choose a version in force.',
    zh: '合同文本“{code}”第 {number} 版已停用，不再用于新订单。请选择有效版本。',
  },
  terms_unknown: {
    status: 422,
    en: 'There are no terms "{terms}" that your organization may attach: its own published ones, or those of the platform. Choose from the library.',
    zh: '没有贵方可附加的合同文本“{terms}”：只能附加本企业已发布的文本或平台标准文本。请从文本库中选择。',
  },
  already_attached: {
    status: 409,
    en: 'Version {number} of terms "{code}" is attached to this order already. Accept it, or attach another.',
    zh: '合同文本“{code}”第 {number} 版已附加到此订单。请确认该文本，或附加其他文本。',
  },
  attachment_unknown: {
    status: 422,
    en: 'This order has no terms attached as "{attachment}". Read the terms of the order.',
    zh: '此订单没有附加编号为“{attachment}”的合同文本。请读取订单的合同文本。',
  },
  not_yours: {
    status: 403,
    en: 'The other side attached these terms; only it may take them back. Accept them, or decline the order.',
    zh: '该合同文本由对方附加，只能由对方撤下。请确认文本，或拒绝订单。',
  },
  hash_differs: {
    status: 409,
    en: 'The text attached has SHA-256 {current}, but the acceptance names {sent}. Read the text again before accepting it.',
    zh: '所附文本的 SHA-256 为 {current}，而确认针对 {sent}。请重新阅读文本后再确认。',
  },
  already_agreed: {
    status: 409,
    en: 'Both sides have accepted these terms, so they stay with the order. Agree on a change order instead.',
    zh: '双方均已确认该合同文本，不能再撤下。如需变更，请走变更单。',
  },
  order_not_open: {
    status: 409,
    en: 'The order is {stateEn}: {moveEn}. Write a change order, or agree on terms with the next order.',
    zh: '订单状态为“{stateZh}”：{moveZh}。请走变更单，或在下一张订单中约定。',
  },
  only_parties: {
    status: 403,
    en: 'Only buyer and supplier agree on the terms of an order; your organization may read it. Ask a party.',
    zh: '只有采购方和供应方可约定订单的合同文本；您的企业仅可查阅。请联系当事方。',
  },
});
