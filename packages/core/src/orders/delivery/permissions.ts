import type { Permissions } from '../../access/index.js';

export const deliveryPermissions: Permissions = {
  'orders.return': { en: 'Send accepted goods back', zh: '退回已验收货物', roles: ['trade', 'quality'] },
  'orders.packaging': {
    en: 'Register the GS1 company prefix that packages are numbered with',
    zh: '登记包装编号所用的 GS1 厂商识别代码',
    roles: ['trade'],
  },
};
