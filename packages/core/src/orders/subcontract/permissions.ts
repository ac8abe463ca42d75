import type { Permissions } from '../../access/index.js';

export const subcontractPermissions: Permissions = {
  'orders.subcontract': {
    en: 'Subcontract parts of orders, take in what subcontractors deliver',
    zh: '分包订单、转入分包到货',
    roles: ['trade'],
  },
};
