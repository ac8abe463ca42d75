import type { Permissions } from '../../access/index.js';

export const subcontractPermissions: Permissions = {
  'orders.subcontract': {
    en: 'Subcontract parts of orders, take in what subcontractors deliver',
    zh: '分包订单、转入分包到货',
    roles: ['trade'],
  },
  'orders.supplied': {
    en: 'Provide material for orders and account for it',
    zh: '提供来料并登记其去向',
    roles: ['trade', 'production'],
  },
};
