import type { Permissions } from '../../access/index.js';

export const termsPermissions: Permissions = {
  'orders.terms.view': {
    en: 'Read contract terms and who accepted them',
    zh: '查看合同文本及确认记录',
    roles: ['trade', 'production', 'quality', 'viewer'],
  },
  'orders.terms.manage': { en: 'Draft, publish and retire contract terms', zh: '起草、发布和停用合同文本', roles: ['trade'] },
  'orders.terms.agree': { en: 'Attach terms to orders and accept them', zh: '为订单附加并确认合同文本', roles: ['trade'] },
};
