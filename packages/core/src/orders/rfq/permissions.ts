import type { Permissions } from '../../access/index.js';

export const rfqPermissions: Permissions = {
  'orders.rfq.view': { en: 'See RFQs, invitations and quotes', zh: '查看询价单、报价邀请和报价', roles: ['trade', 'viewer'] },
  'orders.rfq.ask': {
    en: 'Draft, open and close RFQs, invite suppliers, answer questions',
    zh: '起草、发出和关闭询价单，邀请供应商，答复提问',
    roles: ['trade'],
  },
  'orders.rfq.award': { en: 'Award quotes', zh: '定标', roles: ['trade'] },
  'orders.rfq.quote': { en: 'Answer invitations: ask, quote, decline', zh: '回应报价邀请：提问、报价、不报价', roles: ['trade'] },
};
