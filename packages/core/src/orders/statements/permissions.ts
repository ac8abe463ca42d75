import type { Permissions } from '../../access/index.js';

export const statementPermissions: Permissions = {
  'orders.statements.view': { en: 'See statements', zh: '查看对账单', roles: ['trade', 'quality', 'viewer'] },
  'orders.statements.draft': { en: 'Draft, refresh, send and cancel statements', zh: '编制、刷新、发送和作废对账单', roles: ['trade'] },
  'orders.statements.agree': {
    en: 'Confirm, dispute and adjust lines, propose deductions and additions',
    zh: '确认、异议和调整对账明细，提出扣款和加项',
    roles: ['trade'],
  },
  'orders.statements.pay': { en: 'Report and acknowledge payments', zh: '登记付款和确认收款', roles: ['trade'] },
};
