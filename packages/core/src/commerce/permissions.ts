import type { Permissions } from '../access/index.js';

export const commercePermissions: Permissions = {
  'commerce.leads.view': { en: 'See campaigns, leads and their contacts', zh: '查看活动、线索及其联系信息', roles: ['trade'] },
  'commerce.leads.manage': { en: 'Open campaigns, capture and follow leads', zh: '建立活动、录入和跟进线索', roles: ['trade'] },
  'commerce.quotations.view': { en: 'See quotations', zh: '查看报价', roles: ['trade', 'viewer'] },
  'commerce.quotations.manage': { en: 'Draft, revise and send quotations', zh: '起草、修订和发出报价', roles: ['trade'] },
  'commerce.quotations.answer': { en: 'Accept and decline received quotations', zh: '接受或谢绝收到的报价', roles: ['trade'] },
  'commerce.consumers.view': {
    en: 'See consumer orders without who placed them',
    zh: '查看消费者订单（不含个人信息）',
    roles: ['trade', 'production', 'quality', 'viewer'],
  },
  'commerce.consumers.personal': {
    en: 'See persons and measurements of consumer orders',
    zh: '查看消费者个人信息与量体数据',
    roles: ['trade'],
  },
  'commerce.consumers.manage': { en: 'Take and move consumer orders', zh: '受理和推进消费者订单', roles: ['trade', 'production'] },
};
